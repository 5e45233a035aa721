package dev.agora.platform.imports.row;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import jakarta.validation.ConstraintViolation;

import dev.agora.platform.problem.input.FieldError;

/**
 * An error in a file.
 *
 * @param line the line on which the row begins, from 1
 * @param field the field of the object, or {@code row} if the row as a whole is not valid
 * @param message the constraint, as in "must be given"
 */
public record RowError(long line, String field, String message) {

	/** The maximum number of errors of one row. */
	static final int MAX_PER_ROW = 20;

	private static final int MAX_FIELD = 80;

	/** Shortens the name of a field, which a row may choose. */
	public RowError {
		field = (field.length() > MAX_FIELD) ? field.substring(0, MAX_FIELD - 1) + "…" : field;
	}

	/** Returns the first errors of the fields in a row. */
	public static List<RowError> of(long line, List<FieldError> errors) {
		return errors.stream()
			.limit(MAX_PER_ROW)
			.map((error) -> new RowError(line, error.field(), error.message()))
			.toList();
	}

	/** Returns violated constraints of a row, in the order of the fields. */
	public static <B> List<RowError> of(long line, Set<ConstraintViolation<B>> violations) {
		return violations.stream()
			.map((violation) -> new FieldError(violation.getPropertyPath().toString(), violation.getMessage()))
			.map((error) -> new RowError(line, error.field(), error.message()))
			.distinct()
			.sorted(Comparator.comparing(RowError::field))
			.limit(MAX_PER_ROW)
			.toList();
	}

}
