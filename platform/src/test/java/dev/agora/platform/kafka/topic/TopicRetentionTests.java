package dev.agora.platform.kafka.topic;

import java.util.List;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TopicRetentionTests {

	@Test
	void keepsEveryEvent() {
		assertThat(TopicRetention.configOf("product.products.v1")).containsEntry("retention.ms", "-1")
			.doesNotContainKey("segment.ms");
	}

	/** Their records have personal data. */
	@ParameterizedTest
	@ValueSource(strings = { "product.export-parts.v1", "product.export-parts.v1.feed.export-parts.dlt" })
	void keepsThePartsOfExportsForADay(String topic) {
		assertThat(TopicRetention.configOf(topic)).containsEntry("retention.ms", "86400000")
			.containsEntry("segment.ms", "3600000");
	}

	/** They are done within seconds; a dead letter waits for an operator. */
	@Test
	void keepsFanOutsForAWeek() {
		assertThat(TopicRetention.configOf("feed.fan-outs.v1")).containsEntry("retention.ms", "604800000")
			.containsEntry("segment.ms", "86400000");
		assertThat(TopicRetention.configOf("feed.fan-outs.v1.feed.fan-outs.dlt")).containsEntry("retention.ms", "-1");
	}

	/** Brokers that are compatible with Kafka may have fewer settings. */
	@Test
	void changesOnlySettingsThatABrokerKnows() {
		assertThat(TopicRetention.changes("things.v1", new Config(List.of()))).isEmpty();
		assertThat(
				TopicRetention.changes("things.v1", new Config(List.of(new ConfigEntry("retention.ms", "604800000")))))
			.singleElement()
			.satisfies((change) -> assertThat(change.configEntry().value()).isEqualTo("-1"));
	}

}
