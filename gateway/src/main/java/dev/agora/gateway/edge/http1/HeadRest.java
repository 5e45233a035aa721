package dev.agora.gateway.edge.http1;

import io.netty.buffer.ByteBuf;

/**
 * Reads the rest of a head that is already refused, keeps nothing of it but the
 * {@code Origin}, and finds its end.
 */
final class HeadRest {

	private final OriginField origin;

	/** Whether the line is empty so far. */
	private boolean empty;

	private boolean ended;

	HeadRest(OriginField origin, boolean atLineStart) {
		this.origin = origin;
		this.empty = atLineStart;
	}

	/** Reads on until the head or the buffer ends; consumes nothing. */
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
			this.ended = this.empty;
			this.empty = true;
			this.origin.endLine();
		}
		else if (next != '\r') {
			this.origin.add(next, this.empty);
			this.empty = false;
		}
	}

}
