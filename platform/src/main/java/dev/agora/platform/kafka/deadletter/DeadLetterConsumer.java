package dev.agora.platform.kafka.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import org.springframework.kafka.core.ConsumerFactory;

import dev.agora.platform.problem.Unavailable;

/**
 * Reads the pending letters of one dead-letter topic, one at a time, since there may be
 * many and large ones. A consumer group with the name of the topic stores the
 * {@link ReplayProgress}.
 */
final class DeadLetterConsumer implements AutoCloseable {

	private static final Duration POLL_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(45);

	private final Consumer<String, byte[]> consumer;

	private final String topic;

	private final long deadline = System.nanoTime() + TIMEOUT.toNanos();

	DeadLetterConsumer(ConsumerFactory<String, byte[]> consumers, String topic) {
		this.consumer = consumers.createConsumer(topic, "", "", new Properties());
		this.topic = topic;
	}

	/**
	 * Reads the pending letters, in the order of their partition.
	 * @param action receives a letter; returns false to read no further
	 */
	void readEach(Predicate<ConsumerRecord<String, byte[]>> action) {
		for (PendingPartition partition : pending()) {
			if (!read(partition, action)) {
				return;
			}
		}
	}

	/**
	 * Replays the pending letters, in the order of their partition, and stores the
	 * progress after each.
	 * @param action replays a letter; returns false if it is refused and stays pending
	 * @return the number of letters that were replayed
	 */
	int replayEach(Predicate<ConsumerRecord<String, byte[]>> action) {
		AtomicInteger count = new AtomicInteger();
		for (PendingPartition partition : pending()) {
			read(partition, (letter) -> {
				boolean replayed = action.test(letter);
				count.addAndGet(replayed ? 1 : 0);
				partition.progress().mark(letter.offset(), replayed);
				this.consumer.commitSync(Map.of(partition.topicPartition(), partition.progress().commit()));
				return true;
			});
		}
		return count.get();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

	/**
	 * Lists the partitions whose last letters may be pending. It asks for all of them at
	 * once, since most topics have no letters.
	 */
	private List<PendingPartition> pending() {
		List<TopicPartition> partitions = this.consumer.partitionsFor(this.topic)
			.stream()
			.map((partition) -> new TopicPartition(this.topic, partition.partition()))
			.toList();
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(partitions);
		Map<TopicPartition, OffsetAndMetadata> commits = this.consumer.committed(Set.copyOf(partitions));
		return partitions.stream()
			.map((partition) -> new PendingPartition(partition, ReplayProgress.of(commits.get(partition)),
					ends.getOrDefault(partition, 0L)))
			.filter((partition) -> partition.progress().first() < partition.end())
			.toList();
	}

	private boolean read(PendingPartition pending, Predicate<ConsumerRecord<String, byte[]>> action) {
		TopicPartition partition = pending.topicPartition();
		ReplayProgress progress = pending.progress();
		long first = this.consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
		this.consumer.assign(List.of(partition));
		this.consumer.seek(partition, Math.max(first, progress.first()));
		while (this.consumer.position(partition) < pending.end()) {
			for (ConsumerRecord<String, byte[]> letter : this.consumer.poll(POLL_TIMEOUT)) {
				if (progress.isPending(letter.offset()) && !action.test(letter)) {
					return false;
				}
			}
			if (System.nanoTime() - this.deadline > 0) {
				throw new Unavailable("The dead letters could not be read in time.", POLL_TIMEOUT);
			}
		}
		return true;
	}

	/**
	 * A partition with letters.
	 *
	 * @param progress tells which letters are pending
	 * @param end the offset after the last letter
	 */
	private record PendingPartition(TopicPartition topicPartition, ReplayProgress progress, long end) {
	}

}
