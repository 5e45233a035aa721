package dev.agora.platform.kafka.progress;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Notes the ends of partitions with the time. When these ends are committed, all events
 * that Kafka had received at that time are applied. So no clock of another process is
 * involved.
 *
 * @param <P> the keys of the partitions
 */
final class OffsetHistory<P> {

	/** While a group is far behind, new ends are not noted. */
	private static final int MAX_NOTED = 600;

	private final Deque<Ends<P>> noted = new ArrayDeque<>();

	private volatile @Nullable Instant appliedUntil;

	private volatile long lag;

	/**
	 * Returns the time until which all events are applied, null if it is not known yet.
	 */
	@Nullable Instant appliedUntil() {
		return this.appliedUntil;
	}

	/** Returns the number of events that were not applied at the last reading. */
	long lag() {
		return this.lag;
	}

	/**
	 * Adds a reading.
	 * @param at a time before the reading
	 * @param ends the ends of all partitions
	 * @param positions the offsets of the next events to be applied, read after the ends
	 */
	void add(Instant at, Map<P, Long> ends, Map<P, Long> positions) {
		Ends<P> latest = new Ends<>(at, ends);
		this.lag = latest.lag(positions);
		if (this.lag == 0 || this.noted.size() < MAX_NOTED) {
			this.noted.add(latest);
		}
		for (Ends<P> next = this.noted.peek(); next != null && next.lag(positions) == 0; next = this.noted.peek()) {
			this.appliedUntil = next.at();
			this.noted.remove();
		}
	}

	/**
	 * The ends of all partitions at a time.
	 *
	 * @param <P> the keys of the partitions
	 * @param at the time
	 * @param offsets the offset after the last event of each partition
	 */
	private record Ends<P>(Instant at, Map<P, Long> offsets) {

		long lag(Map<P, Long> positions) {
			return this.offsets.entrySet()
				.stream()
				.mapToLong((end) -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
				.sum();
		}

	}

}
