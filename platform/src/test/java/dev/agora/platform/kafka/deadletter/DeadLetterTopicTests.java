package dev.agora.platform.kafka.deadletter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterTopicTests {

	@Test
	void isNamedByTheTopicAndTheGroup() {
		DeadLetterTopic topic = new DeadLetterTopic("feed.activities.v1", "feed.timelines");
		assertThat(topic.name()).isEqualTo("feed.activities.v1.feed.timelines.dlt");
		assertThat(DeadLetterTopic.parse(topic.name(), "feed")).contains(topic);
	}

	@ParameterizedTest
	@ValueSource(strings = { "feed.activities.v1", "feed.activities.v1.feed.timelines", "graph.follows.v1.graph.x.dlt",
			"feed.dlt", ".dlt", "" })
	void ignoresOtherTopics(String name) {
		assertThat(DeadLetterTopic.parse(name, "feed")).isEmpty();
	}

}
