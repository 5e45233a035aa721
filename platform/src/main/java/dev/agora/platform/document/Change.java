package dev.agora.platform.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/**
 * The decision of the domain: the next state of an aggregate and the event.
 *
 * @param next the state to write, or the state to retain after a removal; null for none
 * @param event the event, null if none is published
 * @param retainedUntil until when a removal retains a state, null if it retains none
 * @param removedBy the member who requested a removal, null if no member did
 * @param written whether the state is written; if not, it stays as it is
 * @param <T> the aggregate's state
 */
public record Change<T>(@Nullable T next, @Nullable Event event, @Nullable Instant retainedUntil,
		@Nullable String removedBy, boolean written) {

	/** A new state. */
	public static <T> Change<T> to(T next, Event event) {
		return new Change<>(next, event, null, null, true);
	}

	/** A new state that concerns no other service, so that no event is published. */
	public static <T> Change<T> withoutEvent(T next) {
		return new Change<>(next, null, null, null, true);
	}

	/** No change. */
	public static <T> Change<T> none(T current) {
		return new Change<>(current, null, null, null, false);
	}

	/** The removal of the aggregate. */
	public static <T> Change<T> removal(Event event) {
		return new Change<>(null, event, null, null, true);
	}

	/**
	 * A removal of the aggregate that retains a state for a time. Reads no longer find
	 * it; its id stays taken.
	 * @param retained the state to retain
	 * @param until when the retention ends
	 */
	public static <T> Change<T> removal(Event event, T retained, Instant until) {
		return new Change<>(retained, event, until, null, true);
	}

	/**
	 * Returns this removal on behalf of a member, whose repeated request succeeds again.
	 */
	public Change<T> by(String memberId) {
		return new Change<>(this.next, this.event, this.retainedUntil, memberId, this.written);
	}

	boolean isRemoval() {
		return this.next == null || this.retainedUntil != null;
	}

}
