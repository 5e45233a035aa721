package dev.agora.gateway.edge.http1;

import org.jspecify.annotations.Nullable;

/**
 * Picks the {@code Origin} out of the header fields of a request as they come. A decoder
 * that fails on a head has lost some of it, and a browser must be told all the same
 * whether its page may read why.
 */
final class OriginField {

	private static final String NAME = "origin:";

	/** Longer than any origin: a host name has 253 characters. */
	private static final int LONGEST = 300;

	/** The line so far, if it may be the one. */
	private final StringBuilder line = new StringBuilder();

	private boolean candidate;

	private @Nullable String value;

	/** Takes the next character of a line. */
	void add(byte next, boolean first) {
		if (first) {
			this.candidate = next == 'o' || next == 'O';
		}
		if (this.candidate && this.line.length() < LONGEST) {
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

	/** Nothing where none has come yet. */
	@Nullable String value() {
		return this.value;
	}

	/** The fields of another request begin. */
	void clear() {
		this.line.setLength(0);
		this.candidate = false;
		this.value = null;
	}

}
