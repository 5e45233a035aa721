package dev.agora.platform.kafka.deadletter;

import java.time.Duration;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.Unavailable;

/**
 * Determines the pending letters of a partition: those from the committed offset on, and
 * the earlier ones that were refused, whose offsets the metadata of the commit lists.
 */
public final class ReplayProgress {

	/** Kafka limits the metadata of a commit to 4096 bytes. */
	private static final int MAX_METADATA = 4000;

	private final NavigableSet<Long> refused;

	private long next;

	private ReplayProgress(long next, NavigableSet<Long> refused) {
		this.next = next;
		this.refused = refused;
	}

	/** Reads the progress from a commit, or starts where there is none. */
	public static ReplayProgress of(@Nullable OffsetAndMetadata commit) {
		if (commit == null) {
			return new ReplayProgress(0, new TreeSet<>());
		}
		return new ReplayProgress(commit.offset(),
				Arrays.stream(commit.metadata().split(",", -1))
					.filter((offset) -> offset.matches("\\d{1,18}"))
					.map(Long::valueOf)
					.collect(Collectors.toCollection(TreeSet::new)));
	}

	/** Returns the offset from which a letter may be pending. */
	long first() {
		return this.refused.isEmpty() ? this.next : Math.min(this.next, this.refused.first());
	}

	boolean isPending(long offset) {
		return offset >= this.next || this.refused.contains(offset);
	}

	/**
	 * Counts the pending letters of the partition.
	 * @param start the offset of the first letter that the partition still has
	 * @param end the offset after the last letter
	 */
	public long countPending(long start, long end) {
		long refusedBefore = this.refused.subSet(Math.min(start, this.next), this.next).size();
		return refusedBefore + Math.max(0, end - Math.max(start, this.next));
	}

	/** Marks a letter as replayed, or keeps it pending as refused. */
	void mark(long offset, boolean replayed) {
		if (replayed) {
			this.refused.remove(offset);
		}
		else {
			this.refused.add(offset);
		}
		this.next = Math.max(this.next, offset + 1);
		if (metadata().length() > MAX_METADATA) {
			throw new Unavailable("Too many letters were refused. Delete them from their topic, then replay again.",
					Duration.ofSeconds(5));
		}
	}

	/** Returns the commit that stores the progress. */
	OffsetAndMetadata commit() {
		return new OffsetAndMetadata(this.next, metadata());
	}

	private String metadata() {
		return this.refused.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

}
