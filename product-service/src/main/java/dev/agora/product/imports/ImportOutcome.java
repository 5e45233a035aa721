package dev.agora.product.imports;

/** The outcome of a row. */
enum ImportOutcome {

	/** It created a product. */
	CREATED,

	/** It changed the product with the key of the row. */
	CHANGED,

	/** The product with the key of the row was as the row says already. */
	UNCHANGED

}
