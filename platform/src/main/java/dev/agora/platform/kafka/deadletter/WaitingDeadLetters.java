package dev.agora.platform.kafka.deadletter;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import org.springframework.kafka.core.ConsumerFactory;

import dev.agora.platform.problem.Unavailable;

/**
 * The letters of one dead-letter topic that wait for an operator, one at a time: there
 * may be many, and large ones. The committed offset of a group of the topic's name says
 * how far they were replayed; those before it that could not be are named in the commit's
 * metadata and wait on.
 */
final class WaitingDeadLetters implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration DEADLINE = Duration.ofSeconds(45);

	/** Of the 4096 bytes that Kafka takes. */
	private static final int LONGEST_METADATA = 4000;

	private final Consumer<String, byte[]> consumer;

	private final List<TopicPartition> partitions;

	private final long end = System.nanoTime() + DEADLINE.toNanos();

	WaitingDeadLetters(ConsumerFactory<String, byte[]> consumers, String topic) {
		this.consumer = consumers.createConsumer(topic, "", "", new Properties());
		this.partitions = this.consumer.partitionsFor(topic)
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
		this.consumer.assign(this.partitions);
	}

	/**
	 * Shows each letter, in the order of its partition.
	 * @param action false to go no further
	 */
	void forEach(Predicate<ConsumerRecord<String, byte[]>> action) {
		for (TopicPartition partition : this.partitions) {
			Replayed replayed = replayed(partition);
			if (!read(partition, replayed, action)) {
				return;
			}
		}
	}

	/**
	 * Hands each letter over, and remembers which were.
	 * @param action whether the letter is dealt with; else it waits on
	 */
	void replayEach(Predicate<ConsumerRecord<String, byte[]>> action) {
		for (TopicPartition partition : this.partitions) {
			Replayed replayed = replayed(partition);
			read(partition, replayed, (letter) -> {
				replayed.mark(letter.offset(), action.test(letter));
				this.consumer.commitSync(Map.of(partition, replayed.commit()));
				return true;
			});
		}
	}

	@Override
	public void close() {
		this.consumer.close();
	}

	private Replayed replayed(TopicPartition partition) {
		OffsetAndMetadata commit = this.consumer.committed(Set.of(partition)).get(partition);
		return (commit != null) ? Replayed.of(commit) : new Replayed(0, new TreeSet<>());
	}

	private boolean read(TopicPartition partition, Replayed replayed,
			Predicate<ConsumerRecord<String, byte[]>> action) {
		long last = this.consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
		long first = this.consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
		this.consumer.assign(List.of(partition));
		this.consumer.seek(partition, Math.max(first, replayed.first()));
		while (this.consumer.position(partition) < last) {
			for (ConsumerRecord<String, byte[]> letter : this.consumer.poll(PATIENCE)) {
				if (replayed.isWaiting(letter.offset()) && !action.test(letter)) {
					return false;
				}
			}
			if (System.nanoTime() - this.end > 0) {
				throw new Unavailable("The dead letters cannot be read in time.", PATIENCE);
			}
		}
		return true;
	}

	/** How far the letters of a partition were replayed. */
	private static final class Replayed {

		private long next;

		private final NavigableSet<Long> kept;

		Replayed(long next, NavigableSet<Long> kept) {
			this.next = next;
			this.kept = kept;
		}

		static Replayed of(OffsetAndMetadata commit) {
			return new Replayed(commit.offset(),
					Arrays.stream(commit.metadata().split(",", -1))
						.filter((offset) -> offset.matches("\\d{1,18}"))
						.map(Long::valueOf)
						.collect(Collectors.toCollection(TreeSet::new)));
		}

		long first() {
			return this.kept.isEmpty() ? this.next : Math.min(this.next, this.kept.first());
		}

		boolean isWaiting(long offset) {
			return offset >= this.next || this.kept.contains(offset);
		}

		void mark(long offset, boolean done) {
			if (done) {
				this.kept.remove(offset);
			}
			else {
				this.kept.add(offset);
			}
			this.next = Math.max(this.next, offset + 1);
			if (metadata().length() > LONGEST_METADATA) {
				throw new Unavailable("Too many letters cannot be replayed: delete them from their topic first.",
						PATIENCE);
			}
		}

		OffsetAndMetadata commit() {
			return new OffsetAndMetadata(this.next, metadata());
		}

		private String metadata() {
			return this.kept.stream().map(String::valueOf).collect(Collectors.joining(","));
		}

	}

}
