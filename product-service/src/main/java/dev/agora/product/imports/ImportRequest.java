package dev.agora.product.imports;

import dev.agora.platform.identity.Caller;
import dev.agora.product.imports.row.ColumnQuery;
import dev.agora.product.imports.upload.Upload;

/**
 * The parameters of an import.
 *
 * @param upload the file
 * @param format the format of the file
 * @param columns the meaning of the columns of a CSV file
 * @param seller the member who imports the products
 */
record ImportRequest(Upload upload, ImportFormat format, ColumnQuery columns, Caller seller) {

	/** The kind of the job. */
	static final String KIND = "import-products";

	/** Returns the content that a repeated request has in common with the first. */
	Object content() {
		return new Content(this.upload.digest(), this.format, this.columns);
	}

	private record Content(String digest, ImportFormat format, ColumnQuery columns) {
	}

}
