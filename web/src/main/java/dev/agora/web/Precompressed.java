package dev.agora.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;

/**
 * Writes a file and its compressed forms beside it, each only if it is smaller. Where
 * Brotli has no native library, there is no Brotli form.
 */
final class Precompressed {

	/**
	 * The files that the gateway compresses as well: forms of others would share a tag.
	 */
	private static final Set<String> TEXTS = Set.of("html", "css", "js", "txt");

	private static final int BEST_BROTLI = 11;

	private Precompressed() {
	}

	static void write(Path file, byte[] content) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, content);
		String name = file.toString();
		if (TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
			writeIfSmaller(Path.of(name + ".gz"), gzip(content), content);
			if (Brotli4jLoader.isAvailable()) {
				writeIfSmaller(Path.of(name + ".br"), brotli(content), content);
			}
		}
	}

	private static void writeIfSmaller(Path file, byte[] compressed, byte[] content) throws IOException {
		if (compressed.length < content.length) {
			Files.write(file, compressed);
		}
	}

	private static byte[] brotli(byte[] content) throws IOException {
		return Encoder.compress(content, Encoder.Parameters.create(BEST_BROTLI));
	}

	private static byte[] gzip(byte[] content) throws IOException {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new BestGzip(compressed)) {
			gzip.write(content);
		}
		return compressed.toByteArray();
	}

	/** The level can only be set from a subclass. */
	private static final class BestGzip extends GZIPOutputStream {

		BestGzip(ByteArrayOutputStream out) throws IOException {
			super(out);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
