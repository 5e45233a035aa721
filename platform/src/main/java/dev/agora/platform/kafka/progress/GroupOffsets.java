package dev.agora.platform.kafka.progress;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/** Reads the ends of topics and the committed offsets of consumer groups. */
public final class GroupOffsets {

	/** Partitions may be added to a topic, which is rare. */
	private static final Duration PARTITIONS_TTL = Duration.ofSeconds(30);

	private final Map<String, String> topics;

	private final BrokerClient brokers;

	private final Mono<List<TopicPartition>> partitions;

	/**
	 * Creates a reader.
	 * @param topics the topics, by the consumer group that reads each
	 */
	public GroupOffsets(BrokerClient brokers, Map<String, String> topics) {
		this.brokers = brokers;
		this.topics = Map.copyOf(topics);
		this.partitions = brokers.get()
			.flatMap(this::findPartitions)
			.cache((found) -> PARTITIONS_TTL, (failure) -> Duration.ZERO, () -> Duration.ZERO);
	}

	/**
	 * Reads the offset after the last event of each partition, by
	 * {@code <group> <partition>}.
	 */
	Mono<Map<String, Long>> ends() {
		return this.brokers.get().flatMap((admin) -> this.partitions.flatMap((found) -> ends(admin, found)));
	}

	/** Reads the committed offset of each partition, by {@code <group> <partition>}. */
	Mono<Map<String, Long>> committed() {
		Map<String, ListConsumerGroupOffsetsSpec> groups = this.topics.keySet()
			.stream()
			.collect(Collectors.toMap(Function.identity(), (group) -> new ListConsumerGroupOffsetsSpec()));
		return this.brokers.get()
			.flatMap((admin) -> toMono(admin.listConsumerGroupOffsets(groups).all()))
			.map(GroupOffsets::byGroupAndPartition);
	}

	private Mono<List<TopicPartition>> findPartitions(Admin admin) {
		return toMono(admin.describeTopics(this.topics.values().stream().distinct().toList()).allTopicNames())
			.map((described) -> described.values().stream().flatMap(GroupOffsets::partitions).toList());
	}

	private static Stream<TopicPartition> partitions(TopicDescription topic) {
		return topic.partitions().stream().map((info) -> new TopicPartition(topic.name(), info.partition()));
	}

	private Mono<Map<String, Long>> ends(Admin admin, List<TopicPartition> partitions) {
		Map<TopicPartition, OffsetSpec> latest = partitions.stream()
			.collect(Collectors.toMap(Function.identity(), (partition) -> OffsetSpec.latest()));
		return toMono(admin.listOffsets(latest).all()).map(this::byGroup);
	}

	private Map<String, Long> byGroup(Map<TopicPartition, ListOffsetsResultInfo> ends) {
		Map<String, Long> offsets = new HashMap<>();
		this.topics.forEach((group, topic) -> ends.entrySet()
			.stream()
			.filter((end) -> end.getKey().topic().equals(topic))
			.forEach((end) -> offsets.put(group + " " + end.getKey(), end.getValue().offset())));
		return offsets;
	}

	private static Map<String, Long> byGroupAndPartition(Map<String, Map<TopicPartition, OffsetAndMetadata>> groups) {
		Map<String, Long> offsets = new HashMap<>();
		groups.forEach((group, partitions) -> partitions.forEach((partition, committed) -> {
			if (Objects.nonNull(committed)) {
				offsets.put(group + " " + partition, committed.offset());
			}
		}));
		return offsets;
	}

	private static <T> Mono<T> toMono(KafkaFuture<T> future) {
		return Mono.fromCompletionStage(future.toCompletionStage());
	}

}
