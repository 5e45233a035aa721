package dev.agora.gateway.edge.http1;

/** A request line as it comes: printable characters that two spaces divide. */
final class RequestLine {

	private static final String PROTOCOL = "HTTP/";

	private int spaces;

	/** How much of the version has come. */
	private int version;

	private byte last;

	/** Takes the next character, if it may stand there. */
	boolean fits(byte next) {
		boolean fits = (next == ' ') ? fitsSpace() : next > ' ' && next < 127 && (this.spaces < 2 || fitsVersion(next));
		this.last = next;
		return fits;
	}

	boolean isWhole() {
		return this.spaces == 2;
	}

	void clear() {
		this.spaces = 0;
		this.version = 0;
		this.last = 0;
	}

	private boolean fitsSpace() {
		this.spaces++;
		return this.last != 0 && this.last != ' ' && this.spaces <= 2;
	}

	/** HTTP in capital letters; which version it may be is a matter of the head. */
	private boolean fitsVersion(byte next) {
		this.version++;
		return this.version > PROTOCOL.length() || next == PROTOCOL.charAt(this.version - 1);
	}

}
