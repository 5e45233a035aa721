package dev.agora.platform.mongo;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

import dev.agora.platform.web.Deadline;

/**
 * Repeats writes while the primary changes, as long as the request may wait. Only for
 * writes that find out by themselves whether an earlier attempt succeeded.
 */
public final class FailoverRetry {

	private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);

	/** The driver's own attempts need it: it waits for a server twice. */
	private static final Duration NEEDED = Duration.ofMillis(2500);

	private FailoverRetry() {
	}

	/** The same attempt, repeated while there is no primary and the caller waits. */
	public static <T> Mono<T> retried(Mono<T> attempt) {
		return Mono.deferContextual((context) -> attempt.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_BACKOFF)
			.maxBackoff(MAX_BACKOFF)
			.filter((failure) -> MongoFailures.isAway(failure) && mayWait(context))));
	}

	private static boolean mayWait(ContextView context) {
		return Deadline.of(context)
			.filter((deadline) -> deadline.remaining(System.nanoTime()) > NEEDED.toNanos())
			.isPresent();
	}

}
