package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The MongoDB driver guards its connection pool with a lock that is held for some
 * instructions and never while it waits for the server. It can't be avoided, and an error
 * thrown in there leaves the lock taken for ever.
 */
public final class MongoDriverBlockHoundExemption implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock");
	}

}
