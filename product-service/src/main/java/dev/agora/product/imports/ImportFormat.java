package dev.agora.product.imports;

import org.springframework.http.MediaType;

/** The formats of files. */
enum ImportFormat {

	/** Comma-separated values with a header (RFC 4180). */
	CSV,

	/** One JSON object a line. */
	NDJSON;

	static final String TEXT_CSV = "text/csv";

	/** Returns the format of a media type that is one of the two. */
	static ImportFormat of(MediaType type) {
		return "csv".equals(type.getSubtype()) ? CSV : NDJSON;
	}

}
