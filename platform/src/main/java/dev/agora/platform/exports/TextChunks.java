package dev.agora.platform.exports;

import java.util.ArrayList;
import java.util.List;

/** Divides a text into chunks of equal length, whatever the length of its lines. */
final class TextChunks {

	/**
	 * At most 192 KiB in UTF-8, and in JSON with all of its quotes escaped still below
	 * the 1 MiB of a record.
	 */
	static final int LENGTH = 64 << 10;

	private final StringBuilder rest = new StringBuilder();

	/** Adds a line; returns the chunks that are full now. */
	List<String> add(String line) {
		this.rest.append(line).append('\n');
		List<String> full = new ArrayList<>(1);
		while (this.rest.length() >= LENGTH) {
			// The two halves of a character stay together.
			int end = Character.isHighSurrogate(this.rest.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH;
			full.add(this.rest.substring(0, end));
			this.rest.delete(0, end);
		}
		return full;
	}

	/** Returns the last chunk, if there is one. */
	List<String> end() {
		return this.rest.isEmpty() ? List.of() : List.of(this.rest.toString());
	}

}
