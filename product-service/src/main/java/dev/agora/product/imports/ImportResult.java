package dev.agora.product.imports;

import java.util.List;
import java.util.stream.Stream;

import dev.agora.product.imports.row.RowError;

/**
 * The result of an import.
 *
 * @param created the number of rows that created a product
 * @param changed the number of rows that changed a product
 * @param unchanged the number of rows whose product was as they say already
 * @param failed the number of rows with errors
 * @param errors the first errors
 */
record ImportResult(long created, long changed, long unchanged, long failed, List<RowError> errors) {

	/** The maximum number of errors that are kept; all are counted. */
	static final int MAX_ERRORS = 1000;

	static final ImportResult NONE = new ImportResult(0, 0, 0, 0, List.of());

	/** Creates the result of rows with errors. */
	static ImportResult ofFailed(long failed, List<RowError> errors) {
		return new ImportResult(0, 0, 0, failed, errors);
	}

	/** Adds the result of the rows that follow. */
	ImportResult plus(ImportResult next) {
		return new ImportResult(this.created + next.created, this.changed + next.changed,
				this.unchanged + next.unchanged, this.failed + next.failed,
				Stream.concat(this.errors.stream(), next.errors.stream()).limit(MAX_ERRORS).toList());
	}

}
