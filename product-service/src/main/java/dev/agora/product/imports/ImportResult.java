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

	/** Adds the outcomes of further rows. */
	ImportResult plus(List<ImportOutcome> outcomes, long moreFailed, List<RowError> moreErrors) {
		return new ImportResult(this.created + count(outcomes, ImportOutcome.CREATED),
				this.changed + count(outcomes, ImportOutcome.CHANGED),
				this.unchanged + count(outcomes, ImportOutcome.UNCHANGED), this.failed + moreFailed,
				moreErrors.isEmpty() ? this.errors
						: Stream.concat(this.errors.stream(), moreErrors.stream()).limit(MAX_ERRORS).toList());
	}

	private static long count(List<ImportOutcome> outcomes, ImportOutcome outcome) {
		return outcomes.stream().filter(outcome::equals).count();
	}

}
