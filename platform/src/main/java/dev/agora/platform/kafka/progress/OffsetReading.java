package dev.agora.platform.kafka.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of some topics and consumer groups at about the same time. Offsets that the
 * brokers did not return are absent.
 *
 * @param ends the offset after the last event of each partition
 * @param starts the offset of the first event that each partition still has
 * @param committed the committed offsets of each group, read after the ends
 * @param members the number of members of each group
 */
record OffsetReading(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> starts,
		Map<String, Map<TopicPartition, OffsetAndMetadata>> committed, Map<String, Integer> members) {

	/** Whether the brokers returned all offsets of a group and some partitions. */
	boolean covers(String group, Set<TopicPartition> partitions) {
		return !partitions.isEmpty() && this.committed.containsKey(group) && this.ends.keySet().containsAll(partitions)
				&& this.starts.keySet().containsAll(partitions);
	}

	/** Returns the ends of partitions. */
	Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
		Map<TopicPartition, Long> some = new HashMap<>(this.ends);
		some.keySet().retainAll(partitions);
		return some;
	}

	/**
	 * Returns the offset of the next event that a group applies in each partition.
	 * Without a committed offset the group begins at the first event, and events that
	 * have been deleted are never applied.
	 */
	Map<TopicPartition, Long> positions(String group, Set<TopicPartition> partitions) {
		Map<TopicPartition, Long> positions = new HashMap<>(this.starts);
		positions.keySet().retainAll(partitions);
		this.committed.getOrDefault(group, Map.of())
			.forEach((partition, commit) -> positions.computeIfPresent(partition,
					(same, start) -> (commit != null) ? Math.max(start, commit.offset()) : start));
		return positions;
	}

}
