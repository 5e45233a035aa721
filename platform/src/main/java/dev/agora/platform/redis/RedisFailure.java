package dev.agora.platform.redis;

/**
 * A call of Redis that failed: {@link RedisUnavailable} or {@link RedisRejection}. A
 * caller that can do without Redis handles both alike.
 */
public abstract class RedisFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** No stack trace: the failure may be thrown for every request. */
	RedisFailure(String detail, Throwable cause) {
		super(detail, cause, false, false);
	}

	RedisFailure(String detail) {
		super(detail, null, false, false);
	}

}
