package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The MongoDB driver guards its connection pool with a lock that is held for some
 * instructions and never while it waits for the server. The lock cannot be avoided, and
 * an error thrown while it is held would leave it locked for ever.
 */
public final class MongoDriverBlockHoundExemption implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock");
	}

}
