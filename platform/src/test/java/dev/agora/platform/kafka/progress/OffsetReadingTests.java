package dev.agora.platform.kafka.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OffsetReadingTests {

	private static final TopicPartition FIRST = new TopicPartition("t", 0);

	private static final TopicPartition SECOND = new TopicPartition("t", 1);

	private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

	private final OffsetReading reading = new OffsetReading(Map.of(FIRST, 9L, SECOND, 20L),
			Map.of(FIRST, 4L, SECOND, 0L), Map.of("g", this.committed), Map.of());

	@Test
	void beginsAtTheFirstRecordWithoutACommit() {
		this.committed.put(SECOND, null);
		assertThat(this.reading.positions("g", Set.of(FIRST, SECOND))).isEqualTo(Map.of(FIRST, 4L, SECOND, 0L));
	}

	@Test
	void skipsRecordsThatAreDeleted() {
		this.committed.put(FIRST, new OffsetAndMetadata(2));
		this.committed.put(SECOND, new OffsetAndMetadata(7));
		assertThat(this.reading.positions("g", Set.of(FIRST, SECOND))).isEqualTo(Map.of(FIRST, 4L, SECOND, 7L));
	}

	@Test
	void coversOnlyWhatTheBrokersReturned() {
		assertThat(this.reading.covers("g", Set.of(FIRST, SECOND))).isTrue();
		assertThat(this.reading.covers("other", Set.of(FIRST))).isFalse();
		assertThat(this.reading.covers("g", Set.of(FIRST, new TopicPartition("t", 2)))).isFalse();
		assertThat(this.reading.covers("g", Set.of())).as("an unknown topic").isFalse();
	}

}
