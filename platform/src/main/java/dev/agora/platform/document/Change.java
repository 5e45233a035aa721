package dev.agora.platform.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/**
 * The decision of the domain: the next state of an aggregate and the event. A change
 * without an event writes nothing.
 *
 * @param next the state to write, or the state to retain after a removal; null for none
 * @param event the event, null if the state stays as it is
 * @param retainedUntil until when a removal retains a state, null if it retains none
 * @param removedBy the member who requested a removal, null if no member did
 * @param <T> the aggregate's state
 */
public record Change<T>(@Nullable T next, @Nullable Event event, @Nullable Instant retainedUntil,
		@Nullable String removedBy) {

	/** A new state. */
	public static <T> Change<T> to(T next, Event event) {
		return new Change<>(next, event, null, null);
	}

	/** No change. */
	public static <T> Change<T> none(T current) {
		return new Change<>(current, null, null, null);
	}

	/** The removal of the aggregate. */
	public static <T> Change<T> removal(Event event) {
		return new Change<>(null, event, null, null);
	}

	/**
	 * A removal of the aggregate that retains a state for a time. Reads no longer find
	 * it; its id stays taken.
	 * @param retained the state to retain
	 * @param until when the retention ends
	 */
	public static <T> Change<T> removal(Event event, T retained, Instant until) {
		return new Change<>(retained, event, until, null);
	}

	/**
	 * Returns this removal on behalf of a member, whose repeated request succeeds again.
	 */
	public Change<T> by(String memberId) {
		return new Change<>(this.next, this.event, this.retainedUntil, memberId);
	}

	boolean isRemoval() {
		return this.next == null || this.retainedUntil != null;
	}

}
