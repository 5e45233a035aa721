package dev.agora.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The digest of the names and contents of files. */
final class FilesDigest {

	private static final int BYTES = 8;

	private FilesDigest() {
	}

	/** Returns 16 characters that change with any of the files. */
	static String of(Map<String, byte[]> files) {
		MessageDigest digest = sha256();
		files.forEach((name, content) -> {
			digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
			digest.update(content);
		});
		return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
