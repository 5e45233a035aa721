package dev.agora.graph.path;

import java.time.Duration;

import reactor.core.publisher.Mono;

import dev.agora.platform.permit.OwnerPermits;
import dev.agora.platform.problem.TooManyRequests;

/**
 * Bounds the searches of one caller that wait or run at the same time, so that no caller
 * uses all permits of an instance.
 */
final class CallerSearches {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final OwnerPermits permits;

	/**
	 * Creates the bound.
	 * @param permits the maximum number of searches of all callers; one caller may use
	 * half of them, and at least one
	 */
	CallerSearches(int permits) {
		this.permits = new OwnerPermits(Math.max(1, permits / 2));
	}

	/**
	 * Runs a search of a caller. If too many of their searches are open, it fails with
	 * {@link TooManyRequests}.
	 */
	<R> Mono<R> run(String caller, Mono<R> search) {
		return Mono.using(() -> acquire(caller), (acquired) -> search, this.permits::release);
	}

	private String acquire(String caller) {
		if (!this.permits.tryAcquire(caller)) {
			throw new TooManyRequests("too-many-searches",
					"You have " + this.permits.max() + " open searches for paths. Wait for one to end.", RETRY_AFTER);
		}
		return caller;
	}

}
