package dev.agora.platform.kafka.progress;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Flux;

import dev.agora.platform.metrics.CapacityMeters;

/** Measures the events that one consumer group applies, and its lanes in use. */
public final class GroupMeters {

	private final Timer applied;

	private final AtomicInteger lanes = new AtomicInteger();

	/**
	 * Registers the meters.
	 * @param maxLanes the number of aggregates whose events are applied concurrently
	 */
	public GroupMeters(String group, int maxLanes, MeterRegistry meters) {
		this.applied = meters.timer("events.handled", "group", group, "outcome", "applied");
		CapacityMeters.register(meters, "lanes:" + group, this.lanes::get, () -> maxLanes);
	}

	/** Records an event that was applied. */
	public void recordApplied(Timer.Sample sample) {
		sample.stop(this.applied);
	}

	/**
	 * Counts a lane while it applies the events of an aggregate, or of a whole batch.
	 */
	public <T> Flux<T> inLane(Flux<T> events) {
		return events.doFirst(this.lanes::incrementAndGet).doFinally((signal) -> this.lanes.decrementAndGet());
	}

}
