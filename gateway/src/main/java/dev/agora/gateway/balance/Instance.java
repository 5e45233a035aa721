package dev.agora.gateway.balance;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import dev.agora.platform.lifecycle.Build;

/** One process of a service, as the gateway sees it. */
public final class Instance {

	private final URI address;

	private final LongSupplier nanos;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final PeakEwma latency;

	private final OutlierEjection ejection;

	private volatile boolean draining;

	private volatile long drainingSince;

	private volatile long heard;

	/** What was sent before it was last ejected tells nothing about it now. */
	private volatile long freshSince;

	private volatile @Nullable Build build;

	Instance(URI address, LoadBalancerSettings settings, LongSupplier nanos) {
		this.address = address;
		this.nanos = nanos;
		this.latency = new PeakEwma(settings.decay());
		this.ejection = new OutlierEjection(settings, nanos);
		this.freshSince = nanos.getAsLong();
		this.heard = this.freshSince;
	}

	/** Where it is: a base address without a path. */
	public URI address() {
		return this.address;
	}

	/** Which build it is, once it has said so. */
	public @Nullable Build build() {
		return this.build;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	/** How many nanoseconds it takes for an answer lately; 0 while that is not known. */
	double latency(long now) {
		return this.latency.at(now);
	}

	double latencyMillis() {
		return latency(now()) / 1_000_000;
	}

	/** The clone's own time, to say when a probe was sent. */
	public long now() {
		return this.nanos.getAsLong();
	}

	public State state() {
		if (this.ejection.isOn()) {
			return State.EJECTED;
		}
		return this.draining ? State.DRAINING : State.HEALTHY;
	}

	/**
	 * Sends it a request, which counts as in flight until it is answered, has failed or
	 * is given up by the client.
	 */
	<T> Mono<T> serve(Function<Instance, Mono<T>> attempt) {
		return Mono.defer(() -> send(attempt, now()));
	}

	private <T> Mono<T> send(Function<Instance, Mono<T>> attempt, long sent) {
		this.inFlight.incrementAndGet();
		return Mono.defer(() -> attempt.apply(this))
			.doOnSuccess((answer) -> answered(sent))
			.doOnError((failure) -> failed(Failure.of(failure), sent))
			.doFinally((signal) -> ended(signal, sent));
	}

	/** It answered a request, but that it cannot do its work. */
	void answeredWithError() {
		this.latency.observeFailure(0, now());
	}

	/** It asked for no more requests; a later probe may show that it takes them again. */
	void drain() {
		this.drainingSince = now();
		this.draining = true;
	}

	/**
	 * It answered a probe.
	 * @param asked when the probe was sent
	 * @param takesRequests whether it said that it does
	 */
	public void probed(long asked, boolean takesRequests) {
		this.heard = now();
		this.ejection.probed();
		if (!takesRequests) {
			drain();
		}
		else if (asked - this.drainingSince > 0) {
			this.draining = false;
		}
	}

	/** It did not answer a probe, unless it has answered another one meanwhile. */
	public void missedProbe(long asked, Failure failure) {
		if (asked - this.heard >= 0 && this.ejection.missed(failure)) {
			startAfresh();
		}
	}

	/** It said which build it is. */
	public void identify(Build build) {
		this.build = build;
	}

	private void answered(long sent) {
		if (isFresh(sent)) {
			this.ejection.answered();
			long now = now();
			this.latency.observe(now - sent, now);
		}
	}

	private void failed(Failure failure, long sent) {
		if (failure == Failure.OTHER || !isFresh(sent)) {
			return;
		}
		long now = now();
		this.latency.observeFailure(now - sent, now);
		if (this.ejection.failed(failure)) {
			startAfresh();
		}
	}

	private void ended(SignalType signal, long sent) {
		this.inFlight.decrementAndGet();
		if (signal == SignalType.CANCEL && isFresh(sent)) {
			long now = now();
			this.latency.observeAtLeast(now - sent, now);
		}
	}

	/**
	 * Once it is back it counts as quick as the other that it is compared with: neither
	 * shunned for what it was nor flooded for having done nothing.
	 */
	private void startAfresh() {
		this.freshSince = now();
		this.latency.forget();
	}

	private boolean isFresh(long sent) {
		return sent - this.freshSince >= 0;
	}

	@Override
	public String toString() {
		Build build = this.build;
		return (build != null) ? build.instance() + " at " + this.address : this.address.toString();
	}

	/** What a clone is good for; the better first. */
	public enum State {

		/** It takes requests. */
		HEALTHY,

		/** It answers, but takes no requests: it starts or stops. */
		DRAINING,

		/** It is left alone for a while. */
		EJECTED

	}

}
