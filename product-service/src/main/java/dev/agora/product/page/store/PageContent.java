package dev.agora.product.page.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import dev.agora.platform.digest.Sha256;

/**
 * The content of a page, compressed once, when it is rendered.
 *
 * @param etag the entity tag of the text, with its quotes
 * @param gzip the text in UTF-8, compressed with gzip; empty for a removed page
 */
@SuppressWarnings("ArrayRecordComponent")
public record PageContent(String etag, byte[] gzip) {

	/** The content of a removed page. */
	public static final PageContent REMOVED = new PageContent("\"\"", new byte[0]);

	/** A digest of 128 bits; two contents never have the same by accident. */
	private static final int TAG_LENGTH = 32;

	/** Compresses a rendered text. */
	public static PageContent of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new PageContent('"' + Sha256.hex(bytes).substring(0, TAG_LENGTH) + '"', compress(bytes));
	}

	public boolean isRemoved() {
		return this.gzip.length == 0;
	}

	/** Returns the text in UTF-8. */
	public byte[] plain() {
		try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(this.gzip))) {
			return input.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] compress(byte[] bytes) {
		ByteArrayOutputStream output = new ByteArrayOutputStream(bytes.length / 2);
		try (BestGzip gzip = new BestGzip(output)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return output.toByteArray();
	}

	/** Compresses as well as possible: a page is compressed once and read often. */
	private static final class BestGzip extends GZIPOutputStream {

		BestGzip(ByteArrayOutputStream output) throws IOException {
			super(output);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
