package dev.agora.platform.document;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/**
 * What the domain decided: the next state of an aggregate and what happened. Nothing is
 * written where nothing happened.
 *
 * @param next the state to write, null for a removal
 * @param event what happened, null where the state stays as it is
 * @param <T> the aggregate's state
 */
public record Change<T>(@Nullable T next, @Nullable Event event) {

	/** The aggregate goes on as {@code next}. */
	public static <T> Change<T> to(T next, Event event) {
		return new Change<>(next, event);
	}

	/** Nothing happened. */
	public static <T> Change<T> none(T current) {
		return new Change<>(current, null);
	}

	/** The aggregate ends. */
	public static <T> Change<T> removal(Event event) {
		return new Change<>(null, event);
	}

}
