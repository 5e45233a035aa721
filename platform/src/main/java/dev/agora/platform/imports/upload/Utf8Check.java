package dev.agora.platform.imports.upload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Checks that a file, which arrives in chunks, is well-formed UTF-8, and counts its
 * lines.
 */
final class Utf8Check {

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private final CharBuffer decoded = CharBuffer.allocate(8192);

	/** The first bytes of a character that continues in the next chunk. */
	private byte[] rest = {};

	private long lineEnds;

	private char last = '\n';

	/** The number of lines so far. */
	long lines() {
		return (this.last == '\n' || this.last == '\r') ? this.lineEnds : this.lineEnds + 1;
	}

	/**
	 * Checks the next chunk.
	 * @throws InvalidRequest if it is not UTF-8
	 */
	void add(byte[] chunk) {
		ByteBuffer bytes = ByteBuffer.allocate(this.rest.length + chunk.length).put(this.rest).put(chunk).flip();
		decode(bytes, false);
		this.rest = new byte[bytes.remaining()];
		bytes.get(this.rest);
	}

	/**
	 * Checks the end of the file.
	 * @throws InvalidRequest if the last character is incomplete
	 */
	void end() {
		decode(ByteBuffer.wrap(this.rest), true);
	}

	private void decode(ByteBuffer bytes, boolean end) {
		CoderResult result;
		do {
			this.decoded.clear();
			result = this.decoder.decode(bytes, this.decoded, end);
			count(this.decoded.flip());
		}
		while (result.isOverflow());
		if (result.isError()) {
			throw InvalidRequest.field("body", "must be UTF-8; line " + (this.lineEnds + 1) + " has other bytes");
		}
	}

	/** Counts LF, CR and CRLF. */
	private void count(CharBuffer text) {
		char[] characters = text.array();
		for (int i = 0; i < text.limit(); i++) {
			char next = characters[i];
			if (next == '\r' || (next == '\n' && this.last != '\r')) {
				this.lineEnds++;
			}
			this.last = next;
		}
	}

}
