package dev.agora.platform.kafka.provisioning;

import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import dev.agora.platform.kafka.KafkaSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicsApplicationTests {

	private static final String TOPICS = "--agora.kafka.topics=session.members.v1,feed.export-parts.v1";

	private static final String NO_BROKER = "--agora.kafka.bootstrap-servers=127.0.0.1:1";

	@Test
	void lacksOnlyTopicsThatDoNotExist() {
		MissingTopics missing = missing(Map.of("agora.kafka.topics", "a.things.v1,b.things.v1",
				"agora.kafka.partitions", "12", "agora.kafka.replication", "3", "agora.topics.dead-letters",
				"a.things.v1.b.things.dlt", "agora.topics.min-in-sync-replicas", "2"));
		assertThat(missing.among(Set.of("a.things.v1", "other"))).satisfiesExactly((topic) -> {
			assertThat(topic.name()).isEqualTo("b.things.v1");
			assertThat(topic.numPartitions()).isEqualTo(12);
			assertThat(topic.replicationFactor()).isEqualTo((short) 3);
			assertThat(topic.configs()).containsEntry("retention.ms", "-1").containsEntry("min.insync.replicas", "2");
		}, (topic) -> {
			assertThat(topic.name()).isEqualTo("a.things.v1.b.things.dlt");
			assertThat(topic.numPartitions()).isOne();
		});
	}

	@Test
	void keepsPersonalDataForADay() {
		assertThat(missing(Map.of("agora.kafka.topics", "feed.export-parts.v1")).among(Set.of()))
			.extracting(NewTopic::configs)
			.allSatisfy((config) -> assertThat(config).containsEntry("retention.ms", "86400000"));
	}

	@Test
	void failsWithAnInstructionIfNoBrokerResponds() {
		assertThatThrownBy(() -> TopicsApplication
			.main(new String[] { TOPICS, NO_BROKER, "--agora.topics.timeout=1ms", "--spring.main.banner-mode=off" }))
			.hasStackTraceContaining("The topics cannot be created with the brokers at [127.0.0.1:1]");
	}

	/** Otherwise a wrong password would be tried for minutes. */
	@Test
	void failsAtOnceIfTheSettingsAreWrong() {
		assertThatThrownBy(() -> TopicsApplication.main(new String[] { TOPICS, NO_BROKER,
				"--agora.kafka.client.security.protocol=NONE", "--spring.main.banner-mode=off" }))
			.hasStackTraceContaining("security.protocol");
	}

	private static MissingTopics missing(Map<String, Object> settings) {
		SpringApplication application = new SpringApplication(TestSettings.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(settings);
		try (ConfigurableApplicationContext context = application.run()) {
			return new MissingTopics(context.getBean(KafkaSettings.class), context.getBean(TopicsSettings.class));
		}
	}

	@org.springframework.boot.SpringBootConfiguration
	@org.springframework.boot.context.properties.EnableConfigurationProperties({ KafkaSettings.class,
			TopicsSettings.class })
	static class TestSettings {

	}

}
