package dev.agora.platform.redis;

/**
 * Redis is slow, gone or not reached yet; what the caller wants must come from elsewhere.
 */
public final class RedisUnavailable extends RedisFailure {

	private static final long serialVersionUID = 1L;

	RedisUnavailable(String detail, Throwable cause) {
		super(detail, cause);
	}

	RedisUnavailable(String detail) {
		super(detail);
	}

}
