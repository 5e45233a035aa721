package dev.agora.platform.web;

import java.time.Duration;
import java.util.Optional;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The time by which the response to a request must be ready. {@link RequestFilter} puts
 * it into the Reactor context, where work that waits in a queue reads it.
 *
 * @param nanoTime the time on the clock of {@code System.nanoTime()}
 */
public record Deadline(long nanoTime) {

	/** Returns the deadline of the current request, empty if its caller set none. */
	public static Optional<Deadline> of(ContextView context) {
		return context.getOrEmpty(Deadline.class);
	}

	/** Creates the deadline that lies a duration after a time. */
	public static Deadline after(long nanoTime, Duration timeout) {
		return new Deadline(nanoTime + timeout.toNanos());
	}

	/** Adds this deadline to a context. */
	public Context putInto(Context context) {
		return context.put(Deadline.class, this);
	}

	/** Returns the nanoseconds until the deadline, negative after it has passed. */
	public long remaining(long now) {
		return this.nanoTime - now;
	}

}
