package dev.agora.platform.kafka.progress;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Reads the offsets of topics and consumer groups. A topic or group that cannot be read
 * is left out, so that it hides no other. All methods block.
 */
final class OffsetReader {

	private static final long TIMEOUT_SECONDS = 10;

	private final BrokerClient brokers;

	OffsetReader(BrokerClient brokers) {
		this.brokers = brokers;
	}

	/** Finds the partitions of topics, by topic. */
	Map<String, Set<TopicPartition>> partitions(Collection<String> topics) throws InterruptedException {
		Map<String, TopicDescription> found = available(this.brokers.create().describeTopics(topics).topicNameValues());
		return found.values()
			.stream()
			.collect(Collectors.toMap(TopicDescription::name,
					(topic) -> partitions(topic).collect(Collectors.toUnmodifiableSet())));
	}

	/**
	 * Reads offsets.
	 * @param groups the consumer groups
	 * @param describedGroups those of them whose members are counted
	 */
	OffsetReading read(Collection<TopicPartition> partitions, Collection<String> groups,
			Collection<String> describedGroups) throws InterruptedException {
		Admin admin = this.brokers.create();
		Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
		Map<TopicPartition, Long> starts = offsets(admin, partitions, OffsetSpec.earliest());
		ListConsumerGroupOffsetsResult committed = admin
			.listConsumerGroupOffsets(byKey(groups, (group) -> new ListConsumerGroupOffsetsSpec()));
		return new OffsetReading(ends, starts, available(byKey(groups, committed::partitionsToOffsetAndMetadata)),
				members(admin, describedGroups));
	}

	private static Stream<TopicPartition> partitions(TopicDescription topic) {
		return topic.partitions().stream().map((info) -> new TopicPartition(topic.name(), info.partition()));
	}

	private static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> partitions,
			OffsetSpec spec) throws InterruptedException {
		ListOffsetsResult result = admin.listOffsets(byKey(partitions, (partition) -> spec));
		return byKeyAndValue(available(byKey(partitions, result::partitionResult)), ListOffsetsResultInfo::offset);
	}

	/** A group that never had a member is unknown to the brokers. */
	private static Map<String, Integer> members(Admin admin, Collection<String> groups) throws InterruptedException {
		Map<String, Integer> members = new HashMap<>();
		for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group : admin.describeConsumerGroups(groups)
			.describedGroups()
			.entrySet()) {
			try {
				members.put(group.getKey(), await(group.getValue()).members().size());
			}
			catch (ExecutionException | TimeoutException ex) {
				if (ex.getCause() instanceof GroupIdNotFoundException) {
					members.put(group.getKey(), 0);
				}
			}
		}
		return members;
	}

	private static <K, V> Map<K, V> available(Map<K, KafkaFuture<V>> results) throws InterruptedException {
		Map<K, V> available = new HashMap<>();
		for (Map.Entry<K, KafkaFuture<V>> result : results.entrySet()) {
			find(result.getValue()).ifPresent((value) -> available.put(result.getKey(), value));
		}
		return available;
	}

	/**
	 * Returns a result, or nothing if there is none: the metrics that need it keep their
	 * values then, and their age grows.
	 */
	private static <V> Optional<V> find(KafkaFuture<V> result) throws InterruptedException {
		try {
			return Optional.of(await(result));
		}
		catch (ExecutionException | TimeoutException ex) {
			return Optional.empty();
		}
	}

	private static <V> V await(KafkaFuture<V> result)
			throws ExecutionException, InterruptedException, TimeoutException {
		return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
	}

	private static <K, V> Map<K, V> byKey(Collection<K> keys, Function<K, V> value) {
		return keys.stream().collect(Collectors.toMap(Function.identity(), value));
	}

	private static <K, V, R> Map<K, R> byKeyAndValue(Map<K, V> values, Function<V, R> value) {
		return values.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> value.apply(entry.getValue())));
	}

}
