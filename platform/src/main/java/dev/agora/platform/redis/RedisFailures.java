package dev.agora.platform.redis;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisException;

/** The one place that decides what a failure of Redis means. */
final class RedisFailures {

	/**
	 * Answers of a server that will serve the same command later, or that another does.
	 */
	private static final Pattern NOT_NOW = Pattern.compile(
			"\\b(READONLY|MISCONF|NOREPLICAS|MASTERDOWN|LOADING|BUSY|CLUSTERDOWN|TRYAGAIN|OOM|NOAUTH|WRONGPASS|MOVED|ASK)\\b");

	private static final Pattern OF_KEY = Pattern
		.compile("WRONGTYPE|is not an integer|is not a valid float|would overflow");

	private RedisFailures() {
	}

	/** What a failure is a failure of. */
	enum Kind {

		/** Of Redis: wait or go elsewhere; counts in the circuit breaker. */
		UNAVAILABLE,

		/** Of one key, which holds what it cannot hold: replace the key. */
		OF_KEY,

		/**
		 * Of the command, which Redis refuses: a mistake here or of the user's rights.
		 */
		OF_PROGRAM

	}

	static Kind kind(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause.getClass() == RedisException.class) {
			return ofAnswer(answer(cause));
		}
		boolean unavailable = cause instanceof RedisException || cause instanceof TimeoutException
				|| cause instanceof IOException || cause instanceof CallNotPermittedException
				|| cause instanceof RejectedExecutionException || cause instanceof CancellationException
				|| cause instanceof RedissonShutdownException;
		return unavailable ? Kind.UNAVAILABLE : Kind.OF_PROGRAM;
	}

	/**
	 * What Redis answered, without the command that Redisson adds: it has others' text.
	 */
	static String answer(Throwable failure) {
		String message = String.valueOf(failure.getMessage());
		int end = message.indexOf(" channel: ");
		return (end < 0) ? message : message.substring(0, end);
	}

	/** What a line of the log may say of a failure: never a command or its parameters. */
	static String reason(Throwable failure) {
		return (failure.getClass() == RedisException.class) ? answer(failure) : failure.getClass().getSimpleName();
	}

	private static Kind ofAnswer(String answer) {
		if (OF_KEY.matcher(answer).find()) {
			return Kind.OF_KEY;
		}
		return NOT_NOW.matcher(answer).find() ? Kind.UNAVAILABLE : Kind.OF_PROGRAM;
	}

}
