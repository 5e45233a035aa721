package dev.agora.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class if a buffer of Netty was not released. Every buffer is watched. A
 * leak is reported when the garbage collector finds it, so the class that fails has
 * leaked the buffer or ran shortly after the one that has.
 * <p>
 * A module takes part if it names this class in
 * {@code META-INF/services/org.junit.jupiter.api.extension.Extension} of its tests.
 */
public final class BufferLeaks implements AfterAllCallback {

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	/**
	 * {@code WebTestClient} keeps the body of a response that no assertion reads. It is
	 * the only client that requests compressed responses, so the decoder is the last
	 * class to touch its buffers.
	 */
	private static final String TEST_CLIENT = "io.netty.handler.codec.MessageToMessageDecoder";

	/** Netty reports a few leaks whenever it watches a new buffer. */
	private static final int PROBES = 32;

	static {
		ResourceLeakDetector.setLevel(Level.PARANOID);
		ByteBufUtil.setLeakListener(BufferLeaks::record);
	}

	private static void record(String type, String records) {
		if (!records.contains(TEST_CLIENT)) {
			LEAKS.add(type + " was not released. " + records);
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		System.gc();
		for (int i = 0; i < PROBES; i++) {
			ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(1);
			probe.release();
		}
		List<String> found = new ArrayList<>();
		for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
			found.add(leak);
		}
		if (!found.isEmpty()) {
			throw new AssertionError(String.join("\n", found));
		}
	}

}
