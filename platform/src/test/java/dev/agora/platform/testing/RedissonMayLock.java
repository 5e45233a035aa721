package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Redisson guards a few of its fields with a lock that is held for some instructions and
 * never while it waits for Redis. It can't be avoided, and an error thrown in there
 * leaves its connection pool broken.
 */
public final class RedissonMayLock implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("org.redisson.misc.WrappedLock", "execute");
	}

}
