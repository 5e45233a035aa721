package dev.agora.gateway.edge.http1;

/** Reads a request line: printable characters with two spaces. */
final class RequestLine {

	private static final String PROTOCOL = "HTTP/";

	private int spaces;

	/** How many characters of the version have been read. */
	private int version;

	private byte last;

	/** Reads the next character, and returns whether it is valid there. */
	boolean accept(byte next) {
		boolean accept = (next == ' ') ? acceptSpace()
				: next > ' ' && next < 127 && (this.spaces < 2 || acceptVersion(next));
		this.last = next;
		return accept;
	}

	boolean isComplete() {
		return this.spaces == 2;
	}

	void clear() {
		this.spaces = 0;
		this.version = 0;
		this.last = 0;
	}

	private boolean acceptSpace() {
		this.spaces++;
		return this.last != 0 && this.last != ' ' && this.spaces <= 2;
	}

	/** HTTP in capital letters; the supported versions are checked with the head. */
	private boolean acceptVersion(byte next) {
		this.version++;
		return this.version > PROTOCOL.length() || next == PROTOCOL.charAt(this.version - 1);
	}

}
