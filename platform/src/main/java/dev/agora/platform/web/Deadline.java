package dev.agora.platform.web;

import java.time.Duration;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Until when the caller of a request waits, in the request's Reactor context. */
public final class Deadline {

	private static final String KEY = Deadline.class.getName();

	private Deadline() {
	}

	/**
	 * Sets the deadline.
	 * @param timeout how long the caller still waits
	 */
	public static Context put(Context context, Duration timeout) {
		return context.put(KEY, System.nanoTime() + timeout.toNanos());
	}

	/** The time that is left; nothing for work that no caller waits for. */
	public static Duration remaining(ContextView context) {
		return context.<Long>getOrEmpty(KEY)
			.map((end) -> Duration.ofNanos(end - System.nanoTime()))
			.orElse(Duration.ZERO);
	}

}
