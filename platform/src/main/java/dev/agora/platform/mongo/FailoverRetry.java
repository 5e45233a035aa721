package dev.agora.platform.mongo;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

import dev.agora.platform.web.Deadline;

/**
 * Retries writes during a fail-over until the deadline of the request. Each write must
 * recognise on its own that an earlier attempt succeeded.
 */
public final class FailoverRetry {

	private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);

	/** The time that an attempt needs, as the driver waits for a server twice. */
	private static final Duration MIN_TIME = Duration.ofMillis(2500);

	private FailoverRetry() {
	}

	/**
	 * Retries an attempt while there is no primary and the caller waits. The attempt may
	 * consist of operations that map the failures of MongoDB to problems.
	 */
	public static <T> Mono<T> retry(Mono<T> attempt) {
		return Mono.deferContextual((context) -> attempt.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_BACKOFF)
			.maxBackoff(MAX_BACKOFF)
			.filter((failure) -> MongoFailures.isUnavailableOrMapped(failure) && mayWait(context))));
	}

	private static boolean mayWait(ContextView context) {
		return Deadline.of(context)
			.filter((deadline) -> deadline.remaining(System.nanoTime()) > MIN_TIME.toNanos())
			.isPresent();
	}

}
