package dev.agora.console.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OffsetsTests {

	private static final TopicPartition FIRST = new TopicPartition("posts", 0);

	private static final TopicPartition SECOND = new TopicPartition("posts", 1);

	private static final Map<String, Map<TopicPartition, Long>> LAGS = Map.of("feeds", Map.of(FIRST, 3L, SECOND, 4L));

	@Test
	void addsUpThePartitionsOfATopic() {
		Topic topic = read(Topics.NONE, 10, 0).topics().get(0);
		assertThat(topic.end()).isEqualTo(15);
		assertThat(topic.partitions()).isEqualTo(2);
		assertThat(topic.rate()).isZero();
		assertThat(topic.groups()).containsExactly(new Topic.Group("feeds", 7, false));
	}

	@Test
	void aRateIsWhatWasWrittenSinceTheLastReading() {
		Topics before = read(Topics.NONE, 10, 1);
		assertThat(read(before, 30, 1 + TimeUnit.SECONDS.toNanos(2)).topics().get(0).rate()).isEqualTo(10);
	}

	@Test
	void aTopicThatWasCreatedAgainHasNoNegativeRate() {
		Topics before = read(Topics.NONE, 1000, 1);
		assertThat(read(before, 0, 1 + TimeUnit.SECONDS.toNanos(2)).topics().get(0).rate()).isZero();
	}

	@Test
	void aGroupThatIsAheadOfTheReadEndHasNoLag() {
		Map<TopicPartition, OffsetAndMetadata> committed = Map.of(FIRST, new OffsetAndMetadata(12), SECOND,
				new OffsetAndMetadata(2), new TopicPartition("deleted", 0), new OffsetAndMetadata(5));
		assertThat(Offsets.lags(committed, Map.of(FIRST, 10L, SECOND, 10L))).containsOnly(Map.entry(FIRST, 0L),
				Map.entry(SECOND, 8L));
	}

	@Test
	void aGroupOfAnotherTopicIsNotShown() {
		Offsets offsets = new Offsets(Map.of(FIRST, 1L), Map.of("other", Map.of(new TopicPartition("reviews", 0), 1L)),
				List.of());
		assertThat(offsets.toTopics(Topics.NONE, 0).topics().get(0).groups()).isEmpty();
	}

	private static Topics read(Topics before, long end, long at) {
		return new Offsets(Map.of(FIRST, end, SECOND, 5L), LAGS, List.of()).toTopics(before, at);
	}

}
