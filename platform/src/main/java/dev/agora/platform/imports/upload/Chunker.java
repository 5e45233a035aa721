package dev.agora.platform.imports.upload;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.springframework.core.io.buffer.DataBufferLimitException;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.problem.InvalidRequest;

/**
 * Divides a file into chunks of equal size while it arrives. It checks the length and the
 * encoding, and computes the digest.
 */
final class Chunker {

	/** Well below the 16 MB of a document; a few chunks of an upload are in memory. */
	static final int CHUNK_SIZE = 256 << 10;

	private final long maxBytes;

	private final MessageDigest digest = Sha256.start();

	private final Utf8Check encoding = new Utf8Check();

	private byte[] current = new byte[CHUNK_SIZE];

	private int filled;

	private long received;

	private int chunks;

	Chunker(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Adds a piece that has arrived.
	 * @return the chunks that are full now
	 * @throws DataBufferLimitException if the file is longer than allowed
	 */
	List<byte[]> add(byte[] piece) {
		this.received += piece.length;
		if (this.received > this.maxBytes) {
			throw new DataBufferLimitException("The file is over the limit of " + this.maxBytes + " bytes");
		}
		List<byte[]> full = new ArrayList<>(1);
		for (int at = 0; at < piece.length;) {
			int length = Math.min(piece.length - at, CHUNK_SIZE - this.filled);
			System.arraycopy(piece, at, this.current, this.filled, length);
			this.filled += length;
			at += length;
			if (this.filled == CHUNK_SIZE) {
				full.add(complete(this.current));
				this.current = new byte[CHUNK_SIZE];
			}
		}
		return full;
	}

	/**
	 * Ends the file.
	 * @return the last chunk, if there is one
	 * @throws InvalidRequest if the file is empty
	 */
	List<byte[]> end() {
		if (this.received == 0) {
			throw InvalidRequest.field("body", "must not be empty");
		}
		List<byte[]> last = (this.filled > 0) ? List.of(complete(Arrays.copyOf(this.current, this.filled))) : List.of();
		this.encoding.end();
		return last;
	}

	/** Returns the description of the whole file. */
	Upload toUpload(String id) {
		return new Upload(id, this.chunks, this.received, this.encoding.lines(),
				HexFormat.of().formatHex(this.digest.digest()));
	}

	private byte[] complete(byte[] chunk) {
		this.encoding.add(chunk);
		this.digest.update(chunk);
		this.chunks++;
		this.filled = 0;
		return chunk;
	}

}
