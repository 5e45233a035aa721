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

/**
 * The kinds of failed attempts at an instance. They differ in their meaning for the
 * instance and for the request.
 */
public enum Failure {

	/** No connection could be opened, so nothing was sent. */
	CONNECT_FAILED,

	/** The instance closed the connection without a response; it may have acted. */
	CLOSED,

	/** The connection broke, at either end. */
	BROKEN,

	/** There was no response in time. */
	TIMED_OUT,

	/** All connections of the pool were in use for too long, so nothing was sent. */
	POOL_EXHAUSTED,

	/** The failure has nothing to do with the instance. */
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

	/** Whether the instance is ejected for it. */
	boolean isInstanceFault() {
		return this == CONNECT_FAILED || this == CLOSED;
	}

	/**
	 * Whether the instance closed a kept connection just before the request was written
	 * to it. Only the message of the library's exception shows that.
	 */
	private static boolean isNeverSent(Throwable cause) {
		return cause instanceof AbortedException && String.valueOf(cause.getMessage()).contains("BEFORE send");
	}

	private static Failure kind(Throwable cause) {
		if (cause instanceof PoolAcquireTimeoutException || cause instanceof PoolAcquirePendingLimitException) {
			return POOL_EXHAUSTED;
		}
		if (cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof NoRouteToHostException || isNeverSent(cause)) {
			return CONNECT_FAILED;
		}
		if (cause instanceof PrematureCloseException) {
			return CLOSED;
		}
		if (cause instanceof TimeoutException) {
			return TIMED_OUT;
		}
		return (cause instanceof IOException) ? BROKEN : OTHER;
	}

}
