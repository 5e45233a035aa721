package dev.agora.platform.kafka.tail;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.agora.platform.kafka.EventHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class TimeOrderTests {

	@Test
	void aBlockPrecedesALaterPostOfAnotherTopic() {
		assertThat(order(List.of(post(0, "10:00:00"), post(1, "10:00:05")), List.of(block(0, "10:00:03"))))
			.containsExactly("posts 0", "blocks 0", "posts 1");
	}

	@Test
	void aPartitionKeepsItsOrderAlthoughAClockWasSetBack() {
		assertThat(order(List.of(post(0, "10:00:09"), post(1, "10:00:01")), List.of(block(0, "10:00:03"))))
			.containsExactly("blocks 0", "posts 0", "posts 1");
	}

	@Test
	void aRecordThatIsNoEventDelaysNoOther() {
		assertThat(order(List.of(post(0, null), post(1, "10:00:01")), List.of(block(0, "10:00:03"), block(1, "soon"))))
			.containsExactly("posts 0", "posts 1", "blocks 0", "blocks 1");
	}

	private static List<String> order(List<ConsumerRecord<String, byte[]>> posts,
			List<ConsumerRecord<String, byte[]>> blocks) {
		Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> polled = Map.of(new TopicPartition("posts", 0), posts,
				new TopicPartition("blocks", 0), blocks);
		return TimeOrder.of(new ConsumerRecords<>(polled, Map.of()))
			.stream()
			.map((record) -> record.topic() + " " + record.offset())
			.toList();
	}

	private static ConsumerRecord<String, byte[]> post(long offset, @Nullable String time) {
		return record("posts", offset, time);
	}

	private static ConsumerRecord<String, byte[]> block(long offset, String time) {
		return record("blocks", offset, time);
	}

	private static ConsumerRecord<String, byte[]> record(String topic, long offset, @Nullable String time) {
		ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(topic, 0, offset, "k", new byte[0]);
		if (time != null) {
			RecordHeaders headers = new RecordHeaders();
			EventHeaders.put(headers, EventHeaders.TIME, "2026-11-27T" + time + "Z");
			headers.forEach(record.headers()::add);
		}
		return record;
	}

}
