package dev.agora.console.scrape;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

import dev.agora.console.management.ManagementClient;
import dev.agora.console.metric.Deltas;
import dev.agora.console.metric.Reading;
import dev.agora.console.metric.SeriesIndex;
import dev.agora.console.targets.Target;

/** Reads one run of a process again and again, at most one reading at a time. */
final class Poll {

	/** Rates are taken over this time: shorter ones jump at a few requests a second. */
	static final long WINDOW = Duration.ofSeconds(10).toNanos();

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** A process that has not responded for this long is shown as unresponsive. */
	private static final long SILENCE = Duration.ofSeconds(4).toNanos();

	private final Target target;

	private final ManagementClient client;

	private final SeriesIndex index = new SeriesIndex();

	private final Deque<Reading> readings = new ArrayDeque<>();

	private final AtomicBoolean inFlight = new AtomicBoolean();

	private volatile long respondedAt;

	private volatile int readiness;

	private volatile Map<String, Routed> routed = Map.of();

	Poll(Target target, ManagementClient client) {
		this.target = target;
		this.client = client;
	}

	boolean isOf(Target other) {
		return this.target.run().equals(other.run()) && this.target.managementPort() == other.managementPort();
	}

	/**
	 * Starts a reading unless one is in flight; completes when it has ended, with or
	 * without success.
	 */
	Mono<Void> next() {
		if (!this.inFlight.compareAndSet(false, true)) {
			return Mono.empty();
		}
		return Mono.whenDelayError(readHealth(), readMetrics(), readRoutes())
			.onErrorComplete()
			.doFinally((signal) -> this.inFlight.set(false));
	}

	private Mono<Void> readHealth() {
		return this.client.status(this.target, "/health/readiness", TIMEOUT).doOnNext((status) -> {
			this.readiness = status;
			this.respondedAt = System.nanoTime();
		}).then();
	}

	private Mono<Void> readMetrics() {
		return this.client.text(this.target, ShownMetrics.PATH, TIMEOUT).doOnNext(this::add).then();
	}

	private Mono<Void> readRoutes() {
		if (!this.target.service().equals("gateway")) {
			return Mono.empty();
		}
		return this.client.call(this.target, HttpMethod.GET, "clones")
			.doOnNext((report) -> this.routed = Routed.parse(report))
			.then();
	}

	private synchronized void add(String text) {
		Reading reading = Reading.parse(text, this.index, System.nanoTime());
		this.readings.addLast(reading);
		while (this.readings.size() > 2 && reading.isLaterThan(this.readings.getFirst(), WINDOW)) {
			this.readings.removeFirst();
		}
	}

	Observation observe(Target now) {
		return new Observation(now, health(now), deltas(), now.isAlive() ? this.routed : Map.of());
	}

	private Health health(Target now) {
		if (!now.isAlive()) {
			return Health.DOWN;
		}
		if (now.state() == Target.State.PAUSED || isSilent()) {
			return Health.UNRESPONSIVE;
		}
		return (this.readiness == 200) ? Health.READY : Health.NOT_READY;
	}

	private boolean isSilent() {
		return this.respondedAt != 0 && System.nanoTime() - this.respondedAt > SILENCE;
	}

	private synchronized Deltas deltas() {
		return this.readings.isEmpty() ? Deltas.NONE
				: new Deltas((this.readings.size() > 1) ? this.readings.getFirst() : null, this.readings.getLast());
	}

}
