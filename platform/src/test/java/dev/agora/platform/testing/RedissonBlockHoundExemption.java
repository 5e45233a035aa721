package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Redisson guards a few of its fields with locks that it holds for some instructions and
 * never while it waits for Redis. An error thrown while a lock is held would break its
 * connection pool.
 */
public final class RedissonBlockHoundExemption implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("org.redisson.misc.WrappedLock", "execute");
	}

}
