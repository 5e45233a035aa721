package dev.agora.platform.redis;

/**
 * Redis rejected the command itself and would reject it again: a fault of this program.
 */
public final class RedisRejection extends RedisFailure {

	private static final long serialVersionUID = 1L;

	RedisRejection(String detail, Throwable cause) {
		super(detail, cause);
	}

}
