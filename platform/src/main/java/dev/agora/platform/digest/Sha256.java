package dev.agora.platform.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes SHA-256 digests.
 */
public final class Sha256 {

	private Sha256() {
	}

	/** The digest of a text in UTF-8, as 64 hex digits. */
	public static String hex(String text) {
		return hex(text.getBytes(StandardCharsets.UTF_8));
	}

	/** The digest of bytes, as 64 hex digits. */
	public static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(start().digest(bytes));
	}

	/** Starts a digest of bytes that arrive in pieces. */
	public static MessageDigest start() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			// Every JVM has SHA-256.
			throw new IllegalStateException(ex);
		}
	}

}
