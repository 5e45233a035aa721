package dev.agora.product.imports;

import dev.agora.platform.imports.row.Row;
import dev.agora.product.catalog.Product;
import dev.agora.product.imports.SellerKeys.Assignment;
import dev.agora.product.imports.SellerKeys.WrittenRow;

/**
 * A row and the product to write.
 *
 * @param row the row
 * @param assignment the id of the product
 * @param job the id of the job
 */
record RowTarget(Row.Valid<Product> row, Assignment assignment, String job) {

	String id() {
		return this.assignment.product();
	}

	RowTarget withAssignment(Assignment other) {
		return new RowTarget(this.row, other, this.job);
	}

	WrittenRow toWrittenRow(ImportOutcome outcome) {
		return new WrittenRow(this.job, this.row.line(), outcome);
	}

	/** Whether an earlier run, or this one, has recorded this row. */
	boolean isRecorded() {
		return this.assignment.row().isSameRow(toWrittenRow(ImportOutcome.UNCHANGED));
	}

	/** The outcome of this row: the one that was recorded first. */
	ImportOutcome outcome(ImportOutcome now) {
		return isRecorded() ? this.assignment.row().outcome() : now;
	}

}
