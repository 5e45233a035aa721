package dev.agora.feed.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.agora.feed.live.item.EndReason;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.metrics.LatencyTimers;

/** Measures the streams of an instance. */
public final class LiveMeters {

	private static final Logger log = LoggerFactory.getLogger(LiveMeters.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private final Clock clock;

	private final Counter sent;

	private final Timer freshness;

	private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);

	public LiveMeters(MeterRegistry meters, LivePermits permits, Clock clock) {
		this.clock = clock;
		this.sent = meters.counter("feed.live.events");
		this.freshness = LatencyTimers.ofEvents("feed.live.freshness")
			.description("From the publication of an activity until this instance sends it to its streams")
			.register(meters);
		// A counter that first appears with its first count would hide that count.
		for (EndReason reason : EndReason.values()) {
			this.ended.put(reason, meters.counter("feed.live.ended", "reason", reason.tag()));
		}
		Gauge.builder("feed.live.streams", permits, LivePermits::open).register(meters);
		Gauge.builder("feed.live.authors", permits, LivePermits::authors).register(meters);
	}

	/** Counts an event that is passed to some streams. */
	void sent(int streams) {
		this.sent.increment(streams);
	}

	/** Measures the age of an activity when it is passed to streams. */
	void published(Instant at) {
		this.freshness.record(Duration.between(at, this.clock.instant()));
	}

	/** Counts a stream that has ended, and logs it unless its end is an ordinary one. */
	void ended(String member, EndReason reason) {
		Objects.requireNonNull(this.ended.get(reason)).increment();
		if (reason == EndReason.SLOW || reason == EndReason.ERROR) {
			throttle.log(reason.tag(), (suppressed) -> log.info("The live stream of {} ended: {} ({} more since)",
					member, reason.tag(), suppressed));
		}
	}

}
