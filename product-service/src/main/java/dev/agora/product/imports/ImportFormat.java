package dev.agora.product.imports;

import org.springframework.http.MediaType;

/** The formats of files. */
enum ImportFormat {

	/** Comma-separated values with a header (RFC 4180). */
	CSV(ImportFormat.TEXT_CSV),

	/** One JSON object a line. */
	NDJSON(MediaType.APPLICATION_NDJSON_VALUE);

	static final String TEXT_CSV = "text/csv";

	private final MediaType mediaType;

	ImportFormat(String mediaType) {
		this.mediaType = MediaType.parseMediaType(mediaType);
	}

	/** Returns the format of a media type that is one of the two. */
	static ImportFormat of(MediaType type) {
		return CSV.mediaType.isCompatibleWith(type) ? CSV : NDJSON;
	}

}
