package dev.agora.platform.redis;

/**
 * A call of Redis that failed. A caller that can do without Redis handles both kinds
 * alike.
 */
public abstract sealed class RedisFailure extends RuntimeException permits RedisUnavailable, RedisRejection {

	private static final long serialVersionUID = 1L;

	/** No stack: it may be thrown for every request, and the cause says it all. */
	RedisFailure(String detail, Throwable cause) {
		super(detail, cause, false, false);
	}

	RedisFailure(String detail) {
		super(detail, null, false, false);
	}

}
