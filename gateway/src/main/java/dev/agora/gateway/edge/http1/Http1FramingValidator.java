package dev.agora.gateway.edge.http1;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Reads along with the HTTP decoder, byte by byte, and finds what the decoder would
 * forgive: whatever two servers could read in two ways has no place at the edge. How long
 * a body is it does not work out for itself: the decoder tells it with each head.
 */
final class Http1FramingValidator implements ByteProcessor {

	private final int longestLine;

	private final int longestHead;

	/** Between which two bytes of a request the reader stands. */
	enum Place {

		/** Before or in the request line. */
		REQUEST_LINE,

		/** In the header fields. */
		FIELDS,

		/** Behind the head, before the decoder has said what follows. */
		HEAD_READ,

		/** In a body or chunk of which {@link #left} bytes are to come. */
		CONTENT,

		/** Behind a chunk, where CR and LF must follow. */
		CHUNK_END,

		/** In a chunk's size and extensions. */
		CHUNK_SIZE,

		/** Behind the last chunk, where an empty line must follow. */
		LAST_LINE,

		/** At a byte that does not belong there. */
		FAULT,

		/** Nothing more is looked at: the decoder has given up by itself. */
		CLOSED

	}

	private Place place = Place.REQUEST_LINE;

	/** What a head is refused for; nothing where the decoder's own word will do. */
	private @Nullable RejectionReason fault;

	private boolean faultInHead;

	/** Of the header fields of a request so far, in bytes. */
	private int head;

	private final OriginField origin = new OriginField();

	private boolean chunked;

	private long left;

	private int ended;

	/** Of the line so far: its length, and whether it just ended in CR. */
	private int length;

	private boolean afterCr;

	/** Whether the line before was an empty one that does not count. */
	private boolean skipped;

	private final RequestLine line = new RequestLine();

	private final ChunkSize size = new ChunkSize();

	/** Reads along with a decoder that takes no longer line and no longer head. */
	Http1FramingValidator(int longestLine, int longestHead) {
		this.longestLine = longestLine;
		this.longestHead = longestHead;
	}

	Place place() {
		return this.place;
	}

	@Nullable RejectionReason fault() {
		return this.fault;
	}

	/** Whose page sent the head that is read, as far as it has come. */
	@Nullable String origin() {
		return this.origin.value();
	}

	/** What follows a fault in a head; nothing after one in a body. */
	@Nullable HeadRest rest() {
		return this.faultInHead ? new HeadRest(this.origin, this.length <= 1) : null;
	}

	/** How many requests have been read to their end. */
	int ended() {
		return this.ended;
	}

	/** Whether a request has begun and its end has not been seen. */
	boolean isInside() {
		return (this.place == Place.REQUEST_LINE) ? this.length > 0 || this.afterCr
				: this.place != Place.CLOSED && this.place != Place.FAULT;
	}

	boolean isInHead() {
		return this.place == Place.REQUEST_LINE || this.place == Place.FIELDS;
	}

	void close() {
		this.place = Place.CLOSED;
	}

	/** What follows the head that the decoder has just read. */
	void body(boolean inChunks, long bytes) {
		if (this.place == Place.HEAD_READ) {
			this.chunked = inChunks;
			this.left = bytes;
			begin(inChunks ? Place.CHUNK_SIZE : (bytes > 0) ? Place.CONTENT : Place.REQUEST_LINE);
		}
	}

	/**
	 * Reads on until the buffer or a head ends, or something is wrong.
	 * @return how far it is fine
	 */
	int read(ByteBuf bytes) {
		int at = bytes.readerIndex();
		while (at < bytes.writerIndex() && this.place != Place.HEAD_READ && this.place != Place.FAULT) {
			at = (this.place == Place.CONTENT) ? skip(at, bytes.writerIndex()) : readLines(bytes, at);
		}
		return at;
	}

	private int skip(int from, int to) {
		int skipped = (int) Math.min(this.left, to - from);
		this.left -= skipped;
		if (this.left == 0) {
			begin(this.chunked ? Place.CHUNK_END : Place.REQUEST_LINE);
		}
		return from + skipped;
	}

	private int readLines(ByteBuf bytes, int from) {
		int stopped = bytes.forEachByte(from, bytes.writerIndex() - from, this);
		if (stopped < 0) {
			return bytes.writerIndex();
		}
		return (this.place == Place.FAULT) ? stopped : stopped + 1;
	}

	/** Whether to go on: not at the end of a head, before a content, nor at a fault. */
	@Override
	public boolean process(byte next) {
		boolean fine = this.afterCr ? next == '\n' && endLine() : next == '\r' || fits(next);
		this.afterCr = !this.afterCr && next == '\r';
		if (!fine) {
			this.faultInHead = isInHead();
			this.place = Place.FAULT;
		}
		return fine && this.place != Place.HEAD_READ && this.place != Place.CONTENT;
	}

	private boolean fits(byte next) {
		boolean first = this.length == 0;
		this.length++;
		return switch (this.place) {
			case REQUEST_LINE -> fitsRequestLine(next);
			case FIELDS -> fitsFields(next, first);
			case CHUNK_SIZE -> this.size.fits(next);
			default -> false;
		};
	}

	private boolean fitsFields(byte next, boolean first) {
		this.head++;
		if (this.head > this.longestHead) {
			this.fault = RejectionReason.LONG_HEADERS;
			return false;
		}
		this.origin.add(next, first);
		return (next >= ' ' || next < 0 || next == '\t') && next != 127 && !(first && (next == ' ' || next == '\t'));
	}

	private boolean fitsRequestLine(byte next) {
		if (this.length > this.longestLine || next < 0) {
			this.fault = (next < 0) ? RejectionReason.NOT_ASCII : RejectionReason.LONG_ADDRESS;
			return false;
		}
		return this.line.fits(next);
	}

	private boolean endLine() {
		switch (this.place) {
			case REQUEST_LINE -> {
				return endRequestLine();
			}
			case FIELDS -> {
				this.origin.endLine();
				begin((this.length == 0) ? Place.HEAD_READ : Place.FIELDS);
			}
			case CHUNK_END -> begin(Place.CHUNK_SIZE);
			case CHUNK_SIZE -> {
				boolean told = this.size.isTold();
				this.left = this.size.value();
				begin((this.left > 0) ? Place.CONTENT : Place.LAST_LINE);
				return told;
			}
			case LAST_LINE -> begin(Place.REQUEST_LINE);
			default -> {
				return false;
			}
		}
		return true;
	}

	/** One empty line before a request is skipped, as old clients send one. */
	private boolean endRequestLine() {
		boolean empty = this.length == 0;
		boolean fits = empty ? !this.skipped : this.line.isWhole();
		this.skipped = empty;
		this.head = 0;
		this.origin.clear();
		begin(empty ? Place.REQUEST_LINE : Place.FIELDS);
		return fits;
	}

	private void begin(Place next) {
		if (next == Place.REQUEST_LINE) {
			this.ended++;
		}
		this.place = next;
		this.length = 0;
		this.line.clear();
		this.size.clear();
	}

}
