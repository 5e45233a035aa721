package dev.agora.platform.watermark;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongFunction;

import reactor.core.publisher.Mono;

/**
 * A follower of a consumer group, such as a cache that is evicted by the events of the
 * documents that the group changes. It has applied what the group had applied at a
 * moment, once that moment has arrived at it.
 */
public final class DelayedReader implements Reader {

	private final Reader group;

	private final LongFunction<Mono<Boolean>> arrived;

	private final Clock clock;

	private volatile Step step = Step.NONE;

	/**
	 * Follows another consumer group, which applies the events of the documents that the
	 * first group changes. If that group is behind, it requests the watermark that it
	 * waits for, since a topic without events has none.
	 * @param topic the topic of these documents, which this service owns
	 */
	public static DelayedReader untilReached(Reader group, Reader next, String topic, WatermarkSweep watermarks) {
		long margin = watermarks.clockDifference().toMillis();
		return new DelayedReader(group,
				(moment) -> next.appliedUntil()
					.map((applied) -> applied >= moment + margin)
					.doOnNext((arrived) -> watermarks.request(topic, arrived ? 0 : moment + margin)),
				watermarks.clock());
	}

	/** Follows a group after a time, such as the lifetime of cached objects. */
	public static DelayedReader after(Reader group, Duration delay, Clock clock) {
		return new DelayedReader(group, (moment) -> Mono.just(clock.millis() >= moment + delay.toMillis()), clock);
	}

	private DelayedReader(Reader group, LongFunction<Mono<Boolean>> arrived, Clock clock) {
		this.group = group;
		this.arrived = arrived;
		this.clock = clock;
	}

	@Override
	public Mono<Long> appliedUntil() {
		Step now = this.step;
		Mono<Boolean> passed = (now.observedAt() == 0) ? Mono.just(true) : this.arrived.apply(now.observedAt());
		return passed.filter(Boolean::booleanValue)
			.flatMap((arrived) -> advance(now))
			.defaultIfEmpty(now)
			.map(Step::applied);
	}

	/** The group is read before the moment is taken: it had applied this by then. */
	private Mono<Step> advance(Step from) {
		return this.group.appliedUntil()
			.map((observed) -> new Step(from.observed(), observed, this.clock.millis()))
			.doOnNext((next) -> this.step = next);
	}

	/**
	 * A step of the reader.
	 *
	 * @param applied the time up to which it has applied every event
	 * @param observed the time that the group had reached
	 * @param observedAt the moment at which the group had reached it
	 */
	private record Step(long applied, long observed, long observedAt) {

		static final Step NONE = new Step(0, 0, 0);

	}

}
