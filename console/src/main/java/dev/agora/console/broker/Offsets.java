package dev.agora.console.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of one reading.
 *
 * @param ends the end of each partition
 * @param lags the lag of each group by partition
 * @param shared the ids of the groups that share records
 */
record Offsets(Map<TopicPartition, Long> ends, Map<String, Map<TopicPartition, Long>> lags, List<String> shared) {

	/** Derives the topics, with the rates since an earlier reading. */
	Topics toTopics(Topics before, long now) {
		Map<String, Long> earlier = new HashMap<>();
		before.topics().forEach((topic) -> earlier.put(topic.name(), topic.end()));
		Map<String, List<TopicPartition>> byTopic = new TreeMap<>();
		this.ends.keySet().forEach((one) -> byTopic.computeIfAbsent(one.topic(), (name) -> new ArrayList<>()).add(one));
		double seconds = (before.at() == 0) ? 0 : (now - before.at()) / 1e9;
		List<Topic> topics = new ArrayList<>();
		byTopic.forEach((name, partitions) -> {
			long end = partitions.stream().mapToLong(this.ends::get).sum();
			// A topic that was deleted and created begins at zero.
			long written = Math.max(0, end - earlier.getOrDefault(name, end));
			topics.add(new Topic(name, partitions.size(), end, (seconds <= 0) ? 0 : written / seconds, groups(name)));
		});
		return new Topics(true, now, topics);
	}

	private List<Topic.Group> groups(String topic) {
		return this.lags.entrySet()
			.stream()
			.map((group) -> Map.entry(group.getKey(), lagsOf(topic, group.getValue())))
			.filter((group) -> !group.getValue().isEmpty())
			.map((group) -> new Topic.Group(group.getKey(), sum(group.getValue()),
					this.shared.contains(group.getKey())))
			.sorted(Comparator.comparing(Topic.Group::id))
			.toList();
	}

	private static List<Long> lagsOf(String topic, Map<TopicPartition, Long> partitions) {
		return partitions.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().topic().equals(topic))
			.map(Map.Entry::getValue)
			.toList();
	}

	private static long sum(List<Long> lags) {
		return lags.stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Derives the lag of each partition that a group has read. A group may commit an
	 * event after the ends were read, and the offsets of a deleted topic may remain.
	 */
	static Map<TopicPartition, Long> lags(Map<TopicPartition, OffsetAndMetadata> committed,
			Map<TopicPartition, Long> ends) {
		Map<TopicPartition, Long> lags = new HashMap<>();
		committed.forEach((partition, offset) -> {
			Long end = ends.get(partition);
			if (end != null && offset != null) {
				lags.put(partition, Math.max(0, end - offset.offset()));
			}
		});
		return lags;
	}

}
