package dev.agora.gateway.edge.http1;

/** The line before a chunk: its size in hexadecimal digits, and perhaps an extension. */
final class ChunkSize {

	/** More digits than any body allowed here needs. */
	private static final int MAX_DIGITS = 8;

	/** Nobody here knows a chunk extension; a short one is skipped. */
	private static final int MAX_EXTENSION = 64;

	/** Of the size: digits and value; characters from the semicolon on. */
	private int digits;

	private long value;

	private int extension;

	/** Takes the next character, if it may stand there. */
	boolean fits(byte next) {
		if (this.extension > 0 || next == ';') {
			this.extension++;
			return next >= ' ' && next < 127 && this.digits > 0 && this.extension <= MAX_EXTENSION;
		}
		this.digits++;
		this.value = this.value * 16 + Character.digit(next, 16);
		return Character.digit(next, 16) >= 0 && this.digits <= MAX_DIGITS;
	}

	boolean isTold() {
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
