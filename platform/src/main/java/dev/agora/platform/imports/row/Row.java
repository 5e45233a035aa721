package dev.agora.platform.imports.row;

import java.util.List;

/**
 * A row of a file.
 *
 * @param <V> the type of the object that a row describes
 */
public sealed interface Row<V> {

	/** Returns the line on which the row begins, from 1. */
	long line();

	/**
	 * A row that describes an object.
	 *
	 * @param key identifies the object among all rows
	 * @param value the object
	 */
	record Valid<V>(long line, String key, V value) implements Row<V> {
	}

	/**
	 * A row with errors, of which no object can be made.
	 *
	 * @param errors the errors, at least one
	 */
	record Invalid<V>(long line, List<RowError> errors) implements Row<V> {

		public static <V> Invalid<V> of(long line, String field, String message) {
			return new Invalid<>(line, List.of(new RowError(line, field, message)));
		}

	}

}
