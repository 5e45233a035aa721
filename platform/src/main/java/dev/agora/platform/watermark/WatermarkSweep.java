package dev.agora.platform.watermark;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Outbox;

/**
 * Publishes the watermarks of the topics that this instance has sent events to, or whose
 * watermark a reader awaits, with an interval of some seconds. A watermark is the time of
 * the oldest unsent event, or a moment before which every write was visible to this
 * instance, even if the clock of its writer is behind. So every event of a response up to
 * this time was sent before. There is none while nothing is sent.
 */
public final class WatermarkSweep {

	/** Bounds the records that an instance adds to a topic. */
	private static final long MIN_INTERVAL = Duration.ofSeconds(3).toMillis();

	private final Clock clock;

	private final Duration clockDifference;

	private final BiFunction<String, Long, Mono<Void>> sender;

	/** The times that the next watermarks of each topic are to pass. */
	private final Map<String, AwaitedTimes> awaited = new ConcurrentHashMap<>();

	private final Map<String, Long> publishedAt = new ConcurrentHashMap<>();

	/**
	 * Creates the sweep.
	 * @param clockDifference the largest difference between the clocks of two instances
	 * @param sender sends a watermark to all partitions of a topic
	 */
	public WatermarkSweep(Clock clock, Duration clockDifference, BiFunction<String, Long, Mono<Void>> sender) {
		this.clock = clock;
		this.clockDifference = clockDifference;
		this.sender = sender;
	}

	/** Notes that the broker has acknowledged an event. */
	public void sent(Outbox outbox) {
		if (outbox.isTracked()) {
			request(outbox.topic(), this.clock.millis());
		}
	}

	/**
	 * Requests a watermark that passes a time, although no event may be sent.
	 * @param time the time; 0 requests none
	 */
	void request(String topic, long time) {
		if (time > 0) {
			this.awaited.merge(topic, new AwaitedTimes(time, time), AwaitedTimes::merge);
		}
	}

	Duration clockDifference() {
		return this.clockDifference;
	}

	Clock clock() {
		return this.clock;
	}

	/**
	 * Publishes the watermark of a collection, if it passes an event that this instance
	 * has sent, or a requested time.
	 * @param always whether to publish it in any case, since an instance may have died
	 * after it has sent its last event
	 */
	public Mono<Void> publish(Outbox outbox, boolean always) {
		AwaitedTimes times = this.awaited.getOrDefault(outbox.topic(), AwaitedTimes.NONE);
		if (!outbox.isTracked() || !(always || isDue(outbox.topic(), times))) {
			return Mono.empty();
		}
		Instant before = this.clock.instant().minus(this.clockDifference);
		return outbox.oldest()
			.map((pending) -> pending.isBefore(before) ? pending.minusMillis(1) : before)
			.defaultIfEmpty(before)
			.map(Instant::toEpochMilli)
			.filter((time) -> always || time >= times.first())
			.flatMap((time) -> send(outbox.topic(), time));
	}

	/** Whether a time is awaited, and the last watermark is old enough. */
	private boolean isDue(String topic, AwaitedTimes times) {
		return times.first() < Long.MAX_VALUE
				&& this.clock.millis() - this.publishedAt.getOrDefault(topic, 0L) >= MIN_INTERVAL;
	}

	private Mono<Void> send(String topic, long time) {
		this.publishedAt.put(topic, this.clock.millis());
		return this.sender.apply(topic, time)
			.then(Mono.fromRunnable(() -> this.awaited.computeIfPresent(topic, (any, awaited) -> awaited.after(time))));
	}

	/** The first and the last time that a watermark is to pass. */
	private record AwaitedTimes(long first, long last) {

		static final AwaitedTimes NONE = new AwaitedTimes(Long.MAX_VALUE, 0);

		AwaitedTimes merge(AwaitedTimes other) {
			return new AwaitedTimes(Math.min(this.first, other.first), Math.max(this.last, other.last));
		}

		AwaitedTimes after(long time) {
			return (this.last <= time) ? NONE : new AwaitedTimes(Math.max(this.first, time + 1), this.last);
		}

	}

}
