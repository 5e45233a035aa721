package dev.agora.platform.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/**
 * What the domain decided: the next state of an aggregate and what happened. Nothing is
 * written where nothing happened.
 *
 * @param next the state to write; of a removal what remains, null for nothing
 * @param event what happened, null where the state stays as it is
 * @param remainsUntil how long what remains of a removal stays, null where nothing does
 * @param removedBy the member who asked for a removal, null where nobody did
 * @param <T> the aggregate's state
 */
public record Change<T>(@Nullable T next, @Nullable Event event, @Nullable Instant remainsUntil,
		@Nullable String removedBy) {

	/** The aggregate goes on as {@code next}. */
	public static <T> Change<T> to(T next, Event event) {
		return new Change<>(next, event, null, null);
	}

	/** Nothing happened. */
	public static <T> Change<T> none(T current) {
		return new Change<>(current, null, null, null);
	}

	/** The aggregate ends. */
	public static <T> Change<T> removal(Event event) {
		return new Change<>(null, event, null, null);
	}

	/**
	 * The aggregate ends, but a remainder stays for a time. Nobody finds it any more; its
	 * unique fields stay taken.
	 * @param remainder what stays
	 * @param until how long
	 */
	public static <T> Change<T> removal(Event event, T remainder, Instant until) {
		return new Change<>(remainder, event, until, null);
	}

	/** This removal, on behalf of a member: if they repeat it, it succeeds again. */
	public Change<T> by(String memberId) {
		return new Change<>(this.next, this.event, this.remainsUntil, memberId);
	}

	boolean isRemoval() {
		return this.next == null || this.remainsUntil != null;
	}

}
