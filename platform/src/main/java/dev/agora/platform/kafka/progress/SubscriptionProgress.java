package dev.agora.platform.kafka.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a consumer group is behind one of its topics. */
final class SubscriptionProgress {

	private static final double MILLIS_PER_SECOND = 1000;

	private final OffsetHistory<TopicPartition> history = new OffsetHistory<>();

	private final Instant since;

	private final Clock clock;

	/**
	 * Creates the progress.
	 * @param since the time of the first reading; a group that is behind at that time is
	 * at least as late as this
	 */
	SubscriptionProgress(Instant since, Clock clock) {
		this.since = since;
		this.clock = clock;
	}

	void add(Instant at, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
		this.history.add(at, ends, positions);
	}

	long lag() {
		return this.history.lag();
	}

	/**
	 * Returns the age of the oldest event that may not be applied. It grows while the
	 * group is stuck, has no members, or cannot be asked for.
	 */
	double delaySeconds() {
		@Nullable Instant applied = this.history.appliedUntil();
		Duration delay = Duration.between((applied != null) ? applied : this.since, this.clock.instant());
		return delay.toMillis() / MILLIS_PER_SECOND;
	}

}
