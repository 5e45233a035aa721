package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The MongoDB driver guards its connection pool and the state of its servers with locks
 * that are held for some instructions and never while it waits for a server. The locks
 * cannot be avoided, and an error thrown while one is held would leave it locked for
 * ever.
 */
public final class MongoDriverBlockHoundExemption implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock");
		builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithInterruptibleLock");
	}

}
