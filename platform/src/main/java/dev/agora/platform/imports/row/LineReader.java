package dev.agora.platform.imports.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a file as bytes. Of a line that is too long it keeps the first
 * bytes, so that the lines after it can be read.
 */
public final class LineReader implements AutoCloseable {

	private final InputStream file;

	private final int maxLength;

	private final byte[] buffer = new byte[64 << 10];

	private int position;

	private int limit;

	private long number;

	private boolean tooLong;

	/**
	 * Opens a file.
	 * @param maxLength the maximum number of bytes of a line
	 */
	public LineReader(InputStream file, int maxLength) {
		this.file = file;
		this.maxLength = maxLength;
	}

	/** The number of the line that was read last, from 1. */
	public long number() {
		return this.number;
	}

	/** Whether the line that was read last is too long, and incomplete here. */
	public boolean isTooLong() {
		return this.tooLong;
	}

	/**
	 * Reads the next line.
	 * @return the line without its LF, or null at the end of the file
	 */
	public byte @Nullable [] next() throws IOException {
		if (!fill()) {
			return null;
		}
		this.number++;
		this.tooLong = false;
		ByteArrayOutputStream line = new ByteArrayOutputStream(512);
		boolean ended = false;
		while (!ended && fill()) {
			int end = this.position;
			while (end < this.limit && this.buffer[end] != '\n') {
				end++;
			}
			append(line, end);
			ended = end < this.limit;
			this.position = ended ? end + 1 : end;
		}
		return line.toByteArray();
	}

	private void append(ByteArrayOutputStream line, int end) {
		int length = Math.min(end - this.position, this.maxLength - line.size());
		line.write(this.buffer, this.position, length);
		this.tooLong |= length < end - this.position;
	}

	/** Returns whether there are unread bytes. */
	private boolean fill() throws IOException {
		if (this.position == this.limit) {
			this.position = 0;
			this.limit = Math.max(0, this.file.read(this.buffer));
		}
		return this.position < this.limit;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
