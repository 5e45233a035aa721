package dev.agora.platform.kafka.progress;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Knows until when consumer groups have applied every event of their topics.
 * <p>
 * It notes the ends of the topics with the time. When the groups have committed these
 * ends, all events that Kafka had received at that time are applied. So no clock of
 * another process is involved.
 */
public final class GroupProgress {

	/** While the groups are far behind, new ends are not noted. */
	private static final int MAX_NOTED = 600;

	private final GroupOffsets offsets;

	private final Clock clock;

	private final Deque<Ends> noted = new ArrayDeque<>();

	private volatile @Nullable Instant appliedUntil;

	private volatile long lag;

	public GroupProgress(GroupOffsets offsets, Clock clock) {
		this.offsets = offsets;
		this.clock = clock;
	}

	/**
	 * Reads the progress. It must not be called again before it has completed; it fails
	 * if the brokers are unavailable.
	 */
	public Mono<Void> refresh() {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			return this.offsets.ends()
				.flatMap((ends) -> this.offsets.committed().doOnNext((committed) -> apply(now, ends, committed)));
		}).then();
	}

	/**
	 * Returns the time until which all events are applied, null if it was not read yet.
	 */
	public @Nullable Instant appliedUntil() {
		return this.appliedUntil;
	}

	/** Returns the number of events that were not applied at the last reading. */
	public long lag() {
		return this.lag;
	}

	/**
	 * Applies a reading.
	 * @param at a time before the reading
	 * @param ends the ends of all partitions
	 * @param committed the committed offsets, read after the ends
	 */
	void apply(Instant at, Map<String, Long> ends, Map<String, Long> committed) {
		Ends latest = new Ends(at, ends);
		this.lag = latest.lag(committed);
		if (this.lag == 0 || this.noted.size() < MAX_NOTED) {
			this.noted.add(latest);
		}
		for (Ends next = this.noted.peek(); next != null && next.lag(committed) == 0; next = this.noted.peek()) {
			this.appliedUntil = next.at();
			this.noted.remove();
		}
	}

	/**
	 * The ends of all partitions at a time.
	 *
	 * @param at the time
	 * @param offsets the offset after the last event of each partition
	 */
	private record Ends(Instant at, Map<String, Long> offsets) {

		long lag(Map<String, Long> committed) {
			return this.offsets.entrySet()
				.stream()
				.mapToLong((end) -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
				.sum();
		}

	}

}
