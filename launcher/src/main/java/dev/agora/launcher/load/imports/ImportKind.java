package dev.agora.launcher.load.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A kind of import: its items, and the service that imports them. */
public enum ImportKind {

	/** Products of one seller, a JSON object a line. */
	PRODUCTS("/products", "product-service"),

	/** Members, a JSON object a line. */
	MEMBERS("/members", "session-service"),

	/** Follows, two handles a line. */
	FOLLOWS("/graph", "graph-service");

	private final String path;

	private final String service;

	ImportKind(String path, String service) {
		this.path = path;
		this.service = service;
	}

	/** The first part of the path of the service's API. */
	String path() {
		return this.path;
	}

	/** The service whose workers run the jobs. */
	String service() {
		return this.service;
	}

	/** Returns a file as the body of a request: bytes are JSON, text is text. */
	Object toBody(List<String> lines) {
		String file = String.join("\n", lines);
		return (this == FOLLOWS) ? file : file.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
