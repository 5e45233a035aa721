package dev.agora.gateway.edge.http1;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Reads each byte along with the HTTP decoder and finds what the decoder would tolerate:
 * bytes that two servers could interpret differently are rejected at the edge. It does
 * not compute the length of a body: the decoder reports it with each head.
 */
final class Http1FramingValidator implements ByteProcessor {

	private final int maxLineLength;

	private final int maxHeadLength;

	/** The position of the reader within a request. */
	enum State {

		/** Before or in the request line. */
		REQUEST_LINE,

		/** In the header fields. */
		FIELDS,

		/** After the head, before the decoder has reported the body. */
		HEAD_READ,

		/** In a body or chunk of which {@link #remaining} bytes are to come. */
		CONTENT,

		/** After a chunk, before CR and LF. */
		CHUNK_END,

		/** In a chunk's size and extensions. */
		CHUNK_SIZE,

		/** After the last chunk, before an empty line. */
		LAST_LINE,

		/** At an invalid byte. */
		FAULT,

		/** The decoder has given up; nothing more is read. */
		CLOSED

	}

	private State state = State.REQUEST_LINE;

	/** The reason to reject the head; null if the decoder's own reason suffices. */
	private @Nullable RejectionReason fault;

	private boolean faultInHead;

	/** The length of the header fields so far. */
	private int headLength;

	private final OriginField origin = new OriginField();

	private boolean chunked;

	private long remaining;

	private int completedRequests;

	/** The length of the current line, and whether it just ended in CR. */
	private int lineLength;

	private boolean afterCr;

	/** Whether the line before was an empty one that is ignored. */
	private boolean emptyLineSkipped;

	private final RequestLine requestLine = new RequestLine();

	private final ChunkSize chunkSize = new ChunkSize();

	/** Creates a validator for a decoder with the same limits. */
	Http1FramingValidator(int maxLineLength, int maxHeadLength) {
		this.maxLineLength = maxLineLength;
		this.maxHeadLength = maxHeadLength;
	}

	State state() {
		return this.state;
	}

	@Nullable RejectionReason fault() {
		return this.fault;
	}

	/** The {@code Origin} of the current head, as far as it was read. */
	@Nullable String origin() {
		return this.origin.value();
	}

	/** The rest of a head after a fault; null after a fault in a body. */
	@Nullable RejectedHead rejectedHead() {
		return this.faultInHead ? new RejectedHead(this.origin, this.lineLength <= 1) : null;
	}

	/** The number of requests that were read to their end. */
	int completedRequests() {
		return this.completedRequests;
	}

	/** Whether a request has begun and not ended. */
	boolean isInRequest() {
		return (this.state == State.REQUEST_LINE) ? this.lineLength > 0 || this.afterCr
				: this.state != State.CLOSED && this.state != State.FAULT;
	}

	boolean isInHead() {
		return this.state == State.REQUEST_LINE || this.state == State.FIELDS;
	}

	void close() {
		this.state = State.CLOSED;
	}

	/** Reports the body that follows the head which the decoder has just read. */
	void headAccepted(boolean chunked, long bytes) {
		if (this.state == State.HEAD_READ) {
			this.chunked = chunked;
			this.remaining = bytes;
			begin(chunked ? State.CHUNK_SIZE : (bytes > 0) ? State.CONTENT : State.REQUEST_LINE);
		}
	}

	/**
	 * Reads until the buffer or a head ends, or a byte is invalid.
	 * @return the index up to which the bytes are valid
	 */
	int read(ByteBuf bytes) {
		int at = bytes.readerIndex();
		while (at < bytes.writerIndex() && this.state != State.HEAD_READ && this.state != State.FAULT) {
			at = (this.state == State.CONTENT) ? skip(at, bytes.writerIndex()) : readLines(bytes, at);
		}
		return at;
	}

	private int skip(int from, int to) {
		int skipped = (int) Math.min(this.remaining, to - from);
		this.remaining -= skipped;
		if (this.remaining == 0) {
			begin(this.chunked ? State.CHUNK_END : State.REQUEST_LINE);
		}
		return from + skipped;
	}

	private int readLines(ByteBuf bytes, int from) {
		int stopped = bytes.forEachByte(from, bytes.writerIndex() - from, this);
		if (stopped < 0) {
			return bytes.writerIndex();
		}
		return (this.state == State.FAULT) ? stopped : stopped + 1;
	}

	/**
	 * Returns whether to continue: not at the end of a head, before content, nor at a
	 * fault.
	 */
	@Override
	public boolean process(byte next) {
		boolean valid = this.afterCr ? next == '\n' && endLine() : next == '\r' || accept(next);
		this.afterCr = !this.afterCr && next == '\r';
		if (!valid) {
			this.faultInHead = isInHead();
			this.state = State.FAULT;
		}
		return valid && this.state != State.HEAD_READ && this.state != State.CONTENT;
	}

	private boolean accept(byte next) {
		boolean first = this.lineLength == 0;
		this.lineLength++;
		return switch (this.state) {
			case REQUEST_LINE -> acceptInRequestLine(next);
			case FIELDS -> acceptField(next, first);
			case CHUNK_SIZE -> this.chunkSize.accept(next);
			default -> false;
		};
	}

	private boolean acceptField(byte next, boolean first) {
		this.headLength++;
		if (this.headLength > this.maxHeadLength) {
			this.fault = RejectionReason.LONG_HEADERS;
			return false;
		}
		this.origin.add(next, first);
		return (next >= ' ' || next < 0 || next == '\t') && next != 127 && !(first && (next == ' ' || next == '\t'));
	}

	private boolean acceptInRequestLine(byte next) {
		if (this.lineLength > this.maxLineLength || next < 0) {
			this.fault = (next < 0) ? RejectionReason.NOT_ASCII : RejectionReason.LONG_ADDRESS;
			return false;
		}
		return this.requestLine.accept(next);
	}

	private boolean endLine() {
		switch (this.state) {
			case REQUEST_LINE -> {
				return endRequestLine();
			}
			case FIELDS -> {
				this.origin.endLine();
				begin((this.lineLength == 0) ? State.HEAD_READ : State.FIELDS);
			}
			case CHUNK_END -> begin(State.CHUNK_SIZE);
			case CHUNK_SIZE -> {
				boolean present = this.chunkSize.isPresent();
				this.remaining = this.chunkSize.value();
				begin((this.remaining > 0) ? State.CONTENT : State.LAST_LINE);
				return present;
			}
			case LAST_LINE -> begin(State.REQUEST_LINE);
			default -> {
				return false;
			}
		}
		return true;
	}

	/** Skips one empty line before a request, as some old clients send one. */
	private boolean endRequestLine() {
		boolean empty = this.lineLength == 0;
		boolean valid = empty ? !this.emptyLineSkipped : this.requestLine.isComplete();
		this.emptyLineSkipped = empty;
		this.headLength = 0;
		this.origin.clear();
		begin(empty ? State.REQUEST_LINE : State.FIELDS);
		return valid;
	}

	private void begin(State next) {
		if (next == State.REQUEST_LINE) {
			this.completedRequests++;
		}
		this.state = next;
		this.lineLength = 0;
		this.requestLine.clear();
		this.chunkSize.clear();
	}

}
