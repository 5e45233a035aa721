package dev.agora.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Reads along with the HTTP decoder, byte by byte, and finds what the decoder would
 * forgive: whatever two servers could read in two ways has no place at the edge. How long
 * a body is it does not work out for itself: the decoder tells it with each head.
 */
final class RequestLines implements ByteProcessor {

	private static final String PROTOCOL = "HTTP/";

	/** More digits than any body allowed here needs. */
	private static final int MAX_SIZE_DIGITS = 8;

	/** Nobody here knows a chunk extension; a short one is skipped. */
	private static final int MAX_EXTENSION = 64;

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

	private boolean chunked;

	private long left;

	private int ended;

	/**
	 * Of the line so far: its length, its spaces, what follows the second of them, and
	 * whether it just ended in CR.
	 */
	private int length;

	private int spaces;

	private int version;

	private boolean afterCr;

	/** Whether the line before was an empty one that does not count. */
	private boolean skipped;

	private byte last;

	/** Of the size of a chunk: digits and value; characters from the semicolon on. */
	private int digits;

	private long size;

	private int extension;

	Place place() {
		return this.place;
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
			this.place = Place.FAULT;
		}
		return fine && this.place != Place.HEAD_READ && this.place != Place.CONTENT;
	}

	private boolean fits(byte next) {
		boolean first = this.length == 0;
		this.length++;
		boolean fits = switch (this.place) {
			case REQUEST_LINE -> fitsRequestLine(next, first);
			case FIELDS ->
				(next >= ' ' || next < 0 || next == '\t') && next != 127 && !(first && (next == ' ' || next == '\t'));
			case CHUNK_SIZE -> fitsChunkSize(next);
			default -> false;
		};
		this.last = next;
		return fits;
	}

	/** Printable characters, and exactly two spaces that divide them. */
	private boolean fitsRequestLine(byte next, boolean first) {
		if (next == ' ') {
			this.spaces++;
			return !first && this.last != ' ' && this.spaces <= 2;
		}
		return next > ' ' && next < 127 && (this.spaces < 2 || fitsVersion(next));
	}

	/** HTTP in capital letters; which version it may be is a matter of the head. */
	private boolean fitsVersion(byte next) {
		this.version++;
		return this.version > PROTOCOL.length() || next == PROTOCOL.charAt(this.version - 1);
	}

	private boolean fitsChunkSize(byte next) {
		if (this.extension > 0 || next == ';') {
			this.extension++;
			return next >= ' ' && next < 127 && this.digits > 0 && this.extension <= MAX_EXTENSION;
		}
		this.digits++;
		this.size = this.size * 16 + Character.digit(next, 16);
		return Character.digit(next, 16) >= 0 && this.digits <= MAX_SIZE_DIGITS;
	}

	private boolean endLine() {
		switch (this.place) {
			case REQUEST_LINE -> {
				return endRequestLine();
			}
			case FIELDS -> begin((this.length == 0) ? Place.HEAD_READ : Place.FIELDS);
			case CHUNK_END -> begin(Place.CHUNK_SIZE);
			case CHUNK_SIZE -> {
				boolean sized = this.digits > 0;
				this.left = this.size;
				begin((this.size > 0) ? Place.CONTENT : Place.LAST_LINE);
				return sized;
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
		boolean fits = empty ? !this.skipped : this.spaces == 2;
		this.skipped = empty;
		begin(empty ? Place.REQUEST_LINE : Place.FIELDS);
		return fits;
	}

	private void begin(Place next) {
		if (next == Place.REQUEST_LINE) {
			this.ended++;
		}
		this.place = next;
		this.length = 0;
		this.spaces = 0;
		this.version = 0;
		this.last = 0;
		this.digits = 0;
		this.size = 0;
		this.extension = 0;
	}

}
