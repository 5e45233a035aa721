package dev.agora.platform.kafka.progress;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Knows until when consumer groups have applied every event of their topics.
 */
public final class GroupProgress {

	private final GroupOffsets offsets;

	private final Clock clock;

	private final OffsetHistory<String> history = new OffsetHistory<>();

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
		return this.history.appliedUntil();
	}

	/** Returns the number of events that were not applied at the last reading. */
	public long lag() {
		return this.history.lag();
	}

	/**
	 * Applies a reading.
	 * @param at a time before the reading
	 * @param ends the ends of all partitions
	 * @param committed the committed offsets, read after the ends
	 */
	void apply(Instant at, Map<String, Long> ends, Map<String, Long> committed) {
		this.history.add(at, ends, committed);
	}

}
