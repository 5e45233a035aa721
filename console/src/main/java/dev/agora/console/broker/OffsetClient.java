package dev.agora.console.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the offsets of all topics and groups from Kafka. */
final class OffsetClient implements AutoCloseable {

	private final Admin admin;

	OffsetClient(Map<String, Object> properties) {
		this.admin = Admin.create(properties);
	}

	Mono<Offsets> read() {
		return Mono.zip(ends(), mono(this.admin.listGroups().all())).flatMap((both) -> {
			Map<TopicPartition, Long> ends = both.getT1();
			List<String> shared = ids(both.getT2(), true);
			return Mono.zip(lags(ids(both.getT2(), false), ends), sharedLags(shared))
				.map((lags) -> new Offsets(ends, join(lags.getT1(), lags.getT2()), shared));
		});
	}

	private static List<String> ids(Collection<GroupListing> groups, boolean shared) {
		return groups.stream()
			.filter((group) -> group.type().equals(Optional.of(GroupType.SHARE)) == shared)
			.map(GroupListing::groupId)
			.toList();
	}

	private Mono<Map<TopicPartition, Long>> ends() {
		return mono(this.admin.listTopics().names())
			.flatMap((names) -> mono(this.admin.describeTopics(names).allTopicNames()))
			.flatMap((topics) -> mono(this.admin.listOffsets(latest(topics)).all()))
			.map((found) -> mapValues(found, (end) -> end.offset()));
	}

	private static Map<TopicPartition, OffsetSpec> latest(Map<String, TopicDescription> topics) {
		Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
		topics.forEach((name, topic) -> topic.partitions()
			.forEach((partition) -> wanted.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
		return wanted;
	}

	private Mono<Map<String, Map<TopicPartition, Long>>> lags(List<String> groups, Map<TopicPartition, Long> ends) {
		Map<String, ListConsumerGroupOffsetsSpec> wanted = groups.stream()
			.collect(Collectors.toMap((group) -> group, (group) -> new ListConsumerGroupOffsetsSpec()));
		return wanted.isEmpty() ? Mono.just(Map.of()) : mono(this.admin.listConsumerGroupOffsets(wanted).all())
			.map((found) -> mapValues(found, (committed) -> Offsets.lags(committed, ends)));
	}

	/** One group whose offsets cannot be read hides no other. */
	private Mono<Map<String, Map<TopicPartition, Long>>> sharedLags(List<String> groups) {
		return Flux.fromIterable(groups)
			.flatMap((group) -> mono(this.admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
				.partitionsToOffsetInfo(group))
				.map((found) -> Map.entry(group, mapValues(found, (info) -> info.lag().orElse(0L))))
				.onErrorComplete())
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private static <K, A, B> Map<K, B> mapValues(Map<K, A> map, Function<A, B> function) {
		return map.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() != null)
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> function.apply(entry.getValue())));
	}

	private static <K, V> Map<K, V> join(Map<K, V> one, Map<K, V> other) {
		Map<K, V> all = new HashMap<>(one);
		all.putAll(other);
		return all;
	}

	private static <T> Mono<T> mono(KafkaFuture<T> future) {
		return Mono.fromCompletionStage(future.toCompletionStage());
	}

	@Override
	public void close() {
		this.admin.close(Duration.ofSeconds(1));
	}

}
