package dev.agora.gateway.balance;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/** One process of a service, as the gateway sees it. */
final class Clone {

	private static final Duration SHORTEST_EJECTION = Duration.ofSeconds(1);

	private static final Duration LONGEST_EJECTION = Duration.ofSeconds(30);

	private final URI address;

	private final Clock clock;

	private final AtomicInteger inFlight = new AtomicInteger();

	private Duration ejection = Duration.ZERO;

	private volatile long ejectedUntil;

	Clone(URI address, Clock clock) {
		this.address = address;
		this.clock = clock;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	boolean isEjected() {
		return this.clock.millis() < this.ejectedUntil;
	}

	/**
	 * Sends it a request, which counts as in flight until it is answered, has failed or
	 * is given up by the client.
	 */
	<T> Mono<T> serve(Function<URI, Mono<T>> attempt) {
		return Mono.defer(() -> {
			this.inFlight.incrementAndGet();
			return attempt.apply(this.address);
		})
			.doOnSuccess((answer) -> reached())
			.doOnError((failure) -> failed(Failure.of(failure)))
			.doFinally((signal) -> this.inFlight.decrementAndGet());
	}

	private void reached() {
		if (this.ejectedUntil != 0) {
			forgive();
		}
	}

	private synchronized void forgive() {
		this.ejection = Duration.ZERO;
		this.ejectedUntil = 0;
	}

	/** Requests that fail together are one failure: an ejected clone is not ejected. */
	private synchronized void failed(Failure failure) {
		if (failure.isOfTheClone() && !isEjected()) {
			this.ejection = longer(this.ejection);
			this.ejectedUntil = this.clock.millis() + this.ejection.toMillis();
		}
	}

	private static Duration longer(Duration ejection) {
		if (ejection.isZero()) {
			return SHORTEST_EJECTION;
		}
		Duration twice = ejection.multipliedBy(2);
		return (twice.compareTo(LONGEST_EJECTION) < 0) ? twice : LONGEST_EJECTION;
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
