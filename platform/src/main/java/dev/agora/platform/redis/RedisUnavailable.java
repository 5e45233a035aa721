package dev.agora.platform.redis;

/**
 * Redis is slow, unreachable, not connected yet, or refuses this call for lack of a
 * permission. The caller continues without it or tries again later.
 */
public sealed class RedisUnavailable extends RedisFailure {

	private static final long serialVersionUID = 1L;

	RedisUnavailable(String detail, Throwable cause) {
		super(detail, cause);
	}

	RedisUnavailable(String detail) {
		super(detail);
	}

	/**
	 * The user of Redis may not run the command. The same call succeeds once an operator
	 * has granted the permission, so callers treat it as an outage.
	 */
	public static final class PermissionMissing extends RedisUnavailable {

		private static final long serialVersionUID = 1L;

		PermissionMissing(String detail, Throwable cause) {
			super(detail, cause);
		}

	}

}
