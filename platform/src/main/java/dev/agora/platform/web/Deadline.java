package dev.agora.platform.web;

import java.time.Duration;
import java.util.Optional;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The time by which a request must be answered. {@link RequestFilter} puts it into the
 * context of the request, where work that has to wait for its turn finds it.
 *
 * @param nanoTime the time, as {@code System.nanoTime()} has it
 */
public record Deadline(long nanoTime) {

	/**
	 * The deadline of the request that is being handled; empty if its caller named none.
	 */
	public static Optional<Deadline> of(ContextView context) {
		return context.getOrEmpty(Deadline.class);
	}

	/** A deadline so long after a time. */
	public static Deadline after(long nanoTime, Duration time) {
		return new Deadline(nanoTime + time.toNanos());
	}

	/** The context with this deadline. */
	public Context putInto(Context context) {
		return context.put(Deadline.class, this);
	}

	/** The nanoseconds that are left at a time; less than zero once it has passed. */
	public long left(long now) {
		return this.nanoTime - now;
	}

}
