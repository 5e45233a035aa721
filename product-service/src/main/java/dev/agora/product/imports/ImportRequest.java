package dev.agora.product.imports;

import dev.agora.platform.imports.ImportParameters;
import dev.agora.platform.imports.upload.Upload;
import dev.agora.product.imports.row.ColumnQuery;

/**
 * The parameters of an import.
 *
 * @param upload the file
 * @param format the format of the file
 * @param columns the meaning of the columns of a CSV file
 * @param seller the member who imports the products
 */
record ImportRequest(Upload upload, ImportFormat format, ColumnQuery columns,
		Importer seller) implements ImportParameters {

	/** The kind of the job. */
	static final String KIND = "import-products";

	@Override
	public Object content() {
		return new Content(this.upload.digest(), this.format, this.columns);
	}

	private record Content(String digest, ImportFormat format, ColumnQuery columns) {
	}

}
