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
 * @param <T> the aggregate's state
 */
public record Change<T>(@Nullable T next, @Nullable Event event, @Nullable Instant remainsUntil) {

	/** The aggregate goes on as {@code next}. */
	public static <T> Change<T> to(T next, Event event) {
		return new Change<>(next, event, null);
	}

	/** Nothing happened. */
	public static <T> Change<T> none(T current) {
		return new Change<>(current, null, null);
	}

	/** The aggregate ends. */
	public static <T> Change<T> removal(Event event) {
		return new Change<>(null, event, null);
	}

	/**
	 * The aggregate ends, but a remainder stays for a time. Nobody finds it any more; its
	 * unique fields stay taken.
	 * @param remainder what stays
	 * @param until how long
	 */
	public static <T> Change<T> removal(Event event, T remainder, Instant until) {
		return new Change<>(remainder, event, until);
	}

	boolean isRemoval() {
		return this.next == null || this.remainsUntil != null;
	}

}
