package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Redisson guards a few of its fields, and the queue of what its channels deliver, with
 * locks that are held for some instructions and never while it waits for Redis. It can't
 * be avoided, and an error thrown in there leaves its connection pool broken, or a
 * subscription deaf.
 */
public final class RedissonBlockHoundExemption implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("org.redisson.misc.WrappedLock", "execute")
			.allowBlockingCallsInside("org.redisson.client.handler.CommandPubSubDecoder", "enqueueMessage");
	}

}
