package dev.agora.gateway.edge.http1;

import io.netty.buffer.ByteBuf;

/**
 * Reads the rest of a head that is rejected, keeps only its {@code Origin}, and finds its
 * end.
 */
final class RejectedHead {

	private final OriginField origin;

	/** Whether the current line is empty so far. */
	private boolean lineEmpty;

	private boolean ended;

	RejectedHead(OriginField origin, boolean atLineStart) {
		this.origin = origin;
		this.lineEmpty = atLineStart;
	}

	/** Reads until the head or the buffer ends, without consuming the bytes. */
	void read(ByteBuf bytes) {
		for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !this.ended; i++) {
			read(bytes.getByte(i));
		}
	}

	boolean isEnded() {
		return this.ended;
	}

	private void read(byte next) {
		if (next == '\n') {
			this.ended = this.lineEmpty;
			this.lineEmpty = true;
			this.origin.endLine();
		}
		else if (next != '\r') {
			this.origin.add(next, this.lineEmpty);
			this.lineEmpty = false;
		}
	}

}
