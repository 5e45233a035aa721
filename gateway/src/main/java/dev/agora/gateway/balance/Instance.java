package dev.agora.gateway.balance;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import dev.agora.platform.lifecycle.Build;

/**
 * One process of a service, as the gateway sees it: its state, its latency, its requests
 * in flight and its open streams.
 */
public final class Instance {

	private final URI address;

	private final LongSupplier nanos;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger streams = new AtomicInteger();

	private final PeakEwma latency;

	private final OutlierEjection ejection;

	private volatile boolean draining;

	private volatile long drainingSince;

	private volatile long lastProbeResponse;

	/**
	 * Requests that were sent before the last ejection do not count any more.
	 */
	private volatile long statsSince;

	private volatile @Nullable Build build;

	Instance(URI address, LoadBalancerSettings settings, LongSupplier nanos) {
		this.address = address;
		this.nanos = nanos;
		this.latency = new PeakEwma(settings.decay());
		this.ejection = new OutlierEjection(settings, nanos);
		this.statsSince = nanos.getAsLong();
		this.lastProbeResponse = this.statsSince;
	}

	/** The base address, without a path. */
	public URI address() {
		return this.address;
	}

	/** The build of the instance, once a probe has reported it. */
	public @Nullable Build build() {
		return this.build;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	/** The open streams. */
	int streams() {
		return this.streams.get();
	}

	/** Counts a stream of the instance from its subscription until it ends. */
	public <T> Flux<T> countStream(Flux<T> body) {
		return Flux.defer(() -> {
			this.streams.incrementAndGet();
			return body.doFinally((signal) -> this.streams.decrementAndGet());
		});
	}

	/** The recent latency in nanoseconds; 0 while it is unknown. */
	double latency(long now) {
		return this.latency.valueAt(now);
	}

	double latencyMillis() {
		return latency(now()) / 1_000_000;
	}

	/** The current time of this instance's clock, by which probes are dated. */
	public long now() {
		return this.nanos.getAsLong();
	}

	public State state() {
		if (this.ejection.isEjected()) {
			return State.EJECTED;
		}
		return this.draining ? State.DRAINING : State.HEALTHY;
	}

	/**
	 * Sends a request to the instance. It counts as in flight until it is answered, fails
	 * or is cancelled by the client.
	 */
	<T> Mono<T> serve(Function<Instance, Mono<T>> attempt) {
		return Mono.defer(() -> send(attempt, now()));
	}

	private <T> Mono<T> send(Function<Instance, Mono<T>> attempt, long sentAt) {
		this.inFlight.incrementAndGet();
		return Mono.defer(() -> attempt.apply(this))
			.doOnSuccess((response) -> onResponse(sentAt))
			.doOnError((failure) -> onFailure(Failure.of(failure), sentAt))
			.doFinally((signal) -> onEnd(signal, sentAt));
	}

	/**
	 * Sends a request whose body is streamed to the instance. Its latency is that of the
	 * client, so it is not recorded.
	 */
	<T> Mono<T> serveStreamed(Function<Instance, Mono<T>> attempt) {
		return Mono.defer(() -> {
			this.inFlight.incrementAndGet();
			return attempt.apply(this)
				.doOnSuccess((response) -> this.ejection.onResponse())
				.doOnError((failure) -> this.ejection.onFailure(Failure.of(failure)))
				.doFinally((signal) -> this.inFlight.decrementAndGet());
		});
	}

	/** Records that the instance answered a request with a server error. */
	void recordErrorResponse() {
		this.latency.observeFailure(0, now());
	}

	/**
	 * Stops sending requests to the instance, because it has announced its end. A later
	 * probe can resume them.
	 */
	void drain() {
		this.drainingSince = now();
		this.draining = true;
	}

	/**
	 * Records the response to a probe.
	 * @param sentAt when the probe was sent
	 * @param acceptsRequests whether the instance accepts requests
	 */
	public void onProbeResponse(long sentAt, boolean acceptsRequests) {
		this.lastProbeResponse = now();
		this.ejection.onProbeResponse();
		if (!acceptsRequests) {
			drain();
		}
		else if (sentAt - this.drainingSince > 0) {
			this.draining = false;
		}
	}

	/**
	 * Records that a probe was not answered. It is ignored if the instance has answered
	 * another one meanwhile.
	 */
	public void onProbeFailure(long sentAt, Failure failure) {
		if (sentAt - this.lastProbeResponse >= 0 && this.ejection.onProbeFailure(failure)) {
			resetStats();
		}
	}

	/** Records the build that the instance has reported. */
	public void identify(Build build) {
		this.build = build;
	}

	private void onResponse(long sentAt) {
		if (isCurrent(sentAt)) {
			this.ejection.onResponse();
			long now = now();
			this.latency.observe(now - sentAt, now);
		}
	}

	private void onFailure(Failure failure, long sentAt) {
		if (failure == Failure.OTHER || !isCurrent(sentAt)) {
			return;
		}
		long now = now();
		this.latency.observeFailure(now - sentAt, now);
		if (this.ejection.onFailure(failure)) {
			resetStats();
		}
	}

	private void onEnd(SignalType signal, long sentAt) {
		this.inFlight.decrementAndGet();
		if (signal == SignalType.CANCEL && isCurrent(sentAt)) {
			long now = now();
			this.latency.observeAtLeast(now - sentAt, now);
		}
	}

	/**
	 * Resets the latency. When the instance is available again, it counts as quick as the
	 * instance that it is compared with. It is then neither avoided for its earlier
	 * latency nor flooded because it has no requests in flight.
	 */
	private void resetStats() {
		this.statsSince = now();
		this.latency.reset();
	}

	private boolean isCurrent(long sentAt) {
		return sentAt - this.statsSince >= 0;
	}

	@Override
	public String toString() {
		Build build = this.build;
		return (build != null) ? build.instance() + " at " + this.address : this.address.toString();
	}

	/** The states of an instance, the most eligible first. */
	public enum State {

		/** It accepts requests. */
		HEALTHY,

		/** It responds, but accepts no requests: it is starting or stopping. */
		DRAINING,

		/** It is left out of the balancing for a while. */
		EJECTED

	}

}
