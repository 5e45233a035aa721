package dev.agora.platform.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's allocator takes a lock for a few instructions when threads compete for a
 * buffer: in the library, and too short to matter.
 */
public final class NettyAllocatorMayLock implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
	}

}
