package dev.agora.gateway.edge.http1;

import org.jspecify.annotations.Nullable;

/**
 * Extracts the {@code Origin} from the header fields while they arrive. A decoder that
 * fails on a head loses some of its fields, but the response must still show the browser
 * whether its page may read the reason.
 */
final class OriginField {

	private static final String NAME = "origin:";

	/** Longer than any origin: a host name has at most 253 characters. */
	private static final int MAX_LENGTH = 300;

	/** The current line, if it may be the field. */
	private final StringBuilder line = new StringBuilder();

	private boolean candidate;

	private @Nullable String value;

	/** Reads the next character of a line. */
	void add(byte next, boolean first) {
		if (first) {
			this.candidate = next == 'o' || next == 'O';
		}
		if (this.candidate && this.line.length() < MAX_LENGTH) {
			this.line.append((char) (next & 0xff));
		}
	}

	void endLine() {
		if (this.candidate) {
			if (this.value == null && NAME.regionMatches(true, 0, this.line.toString(), 0, NAME.length())) {
				this.value = this.line.substring(NAME.length()).strip();
			}
			this.line.setLength(0);
			this.candidate = false;
		}
	}

	/** The value; null if the field has not been read. */
	@Nullable String value() {
		return this.value;
	}

	/** Starts with the fields of the next request. */
	void clear() {
		this.line.setLength(0);
		this.candidate = false;
		this.value = null;
	}

}
