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

/** Classifies the failures of calls of Redis. */
final class RedisFailures {

	/**
	 * Errors after which the same server accepts the command later, or another server
	 * accepts it at once.
	 */
	private static final Pattern TRANSIENT = Pattern.compile(
			"\\b(READONLY|MISCONF|NOREPLICAS|MASTERDOWN|LOADING|BUSY|CLUSTERDOWN|TRYAGAIN|OOM|NOAUTH|WRONGPASS|MOVED|ASK)\\b");

	private static final Pattern WRONG_TYPE = Pattern
		.compile("WRONGTYPE|is not an integer|is not a valid float|would overflow");

	/** The last two are those of commands inside a script. */
	private static final Pattern NO_PERMISSION = Pattern
		.compile("\\bNOPERM\\b|ACL failure in script|user executing the script can't");

	private RedisFailures() {
	}

	/** The cause of a failure, which decides how it is handled. */
	enum Kind {

		/** Redis is unavailable. The failure counts in the circuit breaker. */
		UNAVAILABLE,

		/** The user of Redis lacks a permission. Other commands may still succeed. */
		FORBIDDEN,

		/** A key holds a value of another type. The key is to be deleted. */
		WRONG_TYPE,

		/** The command is wrong: a fault of this program. */
		REJECTED

	}

	static Kind kind(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause.getClass() == RedisException.class) {
			Kind kind = kindOfError(error(cause));
			// An error that Redis returned has no cause; a broken connection is the cause
			// of an error of the client.
			return (kind == Kind.REJECTED && cause.getCause() != null) ? kind(cause.getCause()) : kind;
		}
		boolean unavailable = cause instanceof RedisException || cause instanceof TimeoutException
				|| cause instanceof IOException || cause instanceof CallNotPermittedException
				|| cause instanceof RejectedExecutionException || cause instanceof CancellationException
				|| cause instanceof RedissonShutdownException;
		return unavailable ? Kind.UNAVAILABLE : Kind.REJECTED;
	}

	/**
	 * The error that Redis returned, without the command that Redisson appends: its
	 * parameters may be personal data.
	 */
	static String error(Throwable failure) {
		String message = String.valueOf(failure.getMessage());
		int end = message.indexOf(" channel: ");
		return (end < 0) ? message : message.substring(0, end);
	}

	/** The part of a failure that may be logged: never a command or its parameters. */
	static String reason(Throwable failure) {
		return (failure.getClass() == RedisException.class) ? error(failure) : failure.getClass().getSimpleName();
	}

	private static Kind kindOfError(String error) {
		if (WRONG_TYPE.matcher(error).find()) {
			return Kind.WRONG_TYPE;
		}
		if (NO_PERMISSION.matcher(error).find()) {
			return Kind.FORBIDDEN;
		}
		return TRANSIENT.matcher(error).find() ? Kind.UNAVAILABLE : Kind.REJECTED;
	}

}
