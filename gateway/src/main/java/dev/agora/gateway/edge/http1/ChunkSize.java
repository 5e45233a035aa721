package dev.agora.gateway.edge.http1;

/**
 * Reads the line before a chunk: its size in hexadecimal digits, and possibly an
 * extension.
 */
final class ChunkSize {

	/** No body within the limits needs more digits. */
	private static final int MAX_DIGITS = 8;

	/** No chunk extension has a meaning here; a short one is skipped. */
	private static final int MAX_EXTENSION = 64;

	/** The digits and the value of the size, and the characters from the semicolon on. */
	private int digits;

	private long value;

	private int extension;

	/** Reads the next character, and returns whether it is valid there. */
	boolean accept(byte next) {
		if (this.extension > 0 || next == ';') {
			this.extension++;
			return next >= ' ' && next < 127 && this.digits > 0 && this.extension <= MAX_EXTENSION;
		}
		this.digits++;
		this.value = this.value * 16 + Character.digit(next, 16);
		return Character.digit(next, 16) >= 0 && this.digits <= MAX_DIGITS;
	}

	boolean isPresent() {
		return this.digits > 0;
	}

	long value() {
		return this.value;
	}

	void clear() {
		this.digits = 0;
		this.value = 0;
		this.extension = 0;
	}

}
