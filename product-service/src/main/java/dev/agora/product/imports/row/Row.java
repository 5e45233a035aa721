package dev.agora.product.imports.row;

import java.util.List;

import dev.agora.product.catalog.Product;

/** A row of a file. */
public sealed interface Row {

	/** Returns the line on which the row begins, from 1. */
	long line();

	/**
	 * A row that describes a product.
	 *
	 * @param key identifies the product among all that its seller imports, 64 hex digits
	 * @param product the product
	 */
	record Valid(long line, String key, Product product) implements Row {
	}

	/**
	 * A row with errors, of which no product can be made.
	 *
	 * @param errors the errors, at least one
	 */
	record Invalid(long line, List<RowError> errors) implements Row {

		static Invalid of(long line, String field, String message) {
			return new Invalid(line, List.of(new RowError(line, field, message)));
		}

	}

}
