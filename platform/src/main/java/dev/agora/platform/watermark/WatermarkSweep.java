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
 * Publishes the watermarks of the topics that this instance has sent events to. A
 * watermark is the time of the oldest unsent event, or a moment before which every write
 * was visible to this instance, even if the clock of its writer is behind. So every event
 * of a response up to this time was sent before. There is none while nothing is sent.
 */
public final class WatermarkSweep {

	private final Clock clock;

	private final Duration clockDifference;

	private final BiFunction<String, Long, Mono<Void>> sender;

	private final Map<String, SentEvents> sent = new ConcurrentHashMap<>();

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
			long now = this.clock.millis();
			this.sent.merge(outbox.topic(), new SentEvents(now, now), (known, added) -> known.followedBy(now));
		}
	}

	/**
	 * Publishes the watermark of a collection, if it passes an event that this instance
	 * has sent.
	 * @param always whether to publish it in any case, since an instance may have died
	 * after it has sent its last event
	 */
	public Mono<Void> publish(Outbox outbox, boolean always) {
		SentEvents events = this.sent.getOrDefault(outbox.topic(), SentEvents.NONE);
		if (!outbox.isTracked() || !(always || events.first() < Long.MAX_VALUE)) {
			return Mono.empty();
		}
		Instant before = this.clock.instant().minus(this.clockDifference);
		return outbox.oldest()
			.map((pending) -> pending.isBefore(before) ? pending.minusMillis(1) : before)
			.defaultIfEmpty(before)
			.map(Instant::toEpochMilli)
			.filter((time) -> always || time >= events.first())
			.flatMap((time) -> this.sender.apply(outbox.topic(), time)
				.then(Mono.fromRunnable(() -> passed(outbox, time))));
	}

	private void passed(Outbox outbox, long time) {
		this.sent.computeIfPresent(outbox.topic(), (topic, events) -> events.after(time));
	}

	/** The times at which the first and the last event after a watermark were sent. */
	private record SentEvents(long first, long last) {

		static final SentEvents NONE = new SentEvents(Long.MAX_VALUE, 0);

		SentEvents followedBy(long now) {
			return new SentEvents(Math.min(this.first, now), Math.max(this.last, now));
		}

		SentEvents after(long time) {
			return (this.last <= time) ? NONE : new SentEvents(time + 1, this.last);
		}

	}

}
