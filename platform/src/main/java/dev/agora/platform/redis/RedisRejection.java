package dev.agora.platform.redis;

/**
 * Redis is there and refused this one call: it would refuse the same call again. Waiting
 * does not help.
 */
public final class RedisRejection extends RedisFailure {

	private static final long serialVersionUID = 1L;

	RedisRejection(String detail, Throwable cause) {
		super(detail, cause);
	}

}
