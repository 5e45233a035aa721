package dev.agora.platform.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.row.RowError;

/**
 * The result of an import.
 *
 * @param created the number of rows that created an object
 * @param changed the number of rows that changed an object
 * @param unchanged the number of rows whose object was as they say already
 * @param failed the number of rows with errors
 * @param errors the first errors
 */
public record ImportResult(long created, long changed, long unchanged, long failed, List<RowError> errors) {

	/** The maximum number of errors that are kept; all are counted. */
	public static final int MAX_ERRORS = RowBatches.MAX_ERRORS;

	public static final ImportResult NONE = new ImportResult(0, 0, 0, 0, List.of());

	/** The maximum number of characters of all errors together. */
	private static final int MAX_LENGTH = 64 << 10;

	public ImportResult {
		errors = first(errors);
	}

	private static List<RowError> first(List<RowError> errors) {
		List<RowError> first = new ArrayList<>();
		int length = 0;
		for (RowError error : errors) {
			length += error.field().length() + error.message().length();
			if (first.size() == MAX_ERRORS || length > MAX_LENGTH) {
				break;
			}
			first.add(error);
		}
		return List.copyOf(first);
	}

	/** Creates the result of rows with errors. */
	public static ImportResult ofFailed(long failed, List<RowError> errors) {
		return new ImportResult(0, 0, 0, failed, errors);
	}

	/** Adds rows with errors between the rows of this result. */
	ImportResult withFailed(long number, List<RowError> failedRows) {
		List<RowError> all = Stream.concat(this.errors.stream(), failedRows.stream())
			.sorted(Comparator.comparingLong(RowError::line))
			.toList();
		return new ImportResult(this.created, this.changed, this.unchanged, this.failed + number, all);
	}

	/** Adds the result of the rows that follow. */
	public ImportResult plus(ImportResult next) {
		return new ImportResult(this.created + next.created, this.changed + next.changed,
				this.unchanged + next.unchanged, this.failed + next.failed,
				Stream.concat(this.errors.stream(), next.errors.stream()).toList());
	}

}
