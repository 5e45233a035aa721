package dev.agora.platform.lifecycle;

import reactor.netty.ReactorNetty;

/**
 * Sets the number of event loops of a process to that of its cores, at least two. Reactor
 * Netty starts four even on two cores, where fewer requests meet in one turn of a loop
 * and share a command of Redis.
 */
public final class EventLoops {

	private static final int MIN = 2;

	private EventLoops() {
	}

	/** Sets the number before the first loop starts, unless an operator has set it. */
	public static void matchCores() {
		if (System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null) {
			System.setProperty(ReactorNetty.IO_WORKER_COUNT,
					String.valueOf(Math.max(MIN, Runtime.getRuntime().availableProcessors())));
		}
	}

}
