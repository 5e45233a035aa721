package dev.agora.gateway.balance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** What a failed attempt at a clone tells about the clone and about the request. */
public enum Failure {

	/** There was no connection, so nothing was sent. */
	NOT_CONNECTED,

	/** The clone closed the connection instead of answering; it may have acted. */
	CLOSED,

	/** The connection broke, at whichever end. */
	BROKEN,

	/** No answer in time. */
	TOO_SLOW,

	/** All connections were taken for too long, so nothing was sent. */
	CROWDED,

	/** Nothing that has to do with the clone. */
	OTHER;

	public static Failure of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			Failure kind = kind(cause);
			if (kind != OTHER) {
				return kind;
			}
		}
		return OTHER;
	}

	/** Whether the clone is to be left alone for a while. */
	boolean isOfTheClone() {
		return this == NOT_CONNECTED || this == CLOSED;
	}

	/**
	 * A kept connection that the clone closed just before the request was to go over it:
	 * so says the library, by the text alone.
	 */
	private static boolean isUnsent(Throwable cause) {
		return cause instanceof AbortedException && String.valueOf(cause.getMessage()).contains("BEFORE send");
	}

	private static Failure kind(Throwable cause) {
		if (cause instanceof PoolAcquireTimeoutException || cause instanceof PoolAcquirePendingLimitException) {
			return CROWDED;
		}
		if (cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof NoRouteToHostException || isUnsent(cause)) {
			return NOT_CONNECTED;
		}
		if (cause instanceof PrematureCloseException) {
			return CLOSED;
		}
		if (cause instanceof TimeoutException) {
			return TOO_SLOW;
		}
		return (cause instanceof IOException) ? BROKEN : OTHER;
	}

}
