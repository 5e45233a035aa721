package dev.agora.platform.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells whether two requests ask for the same: the SHA-256 of a body's canonical JSON
 * (RFC 8785), in which neither the order of members nor the way a number is written
 * matters. Numbers are those of IEEE 754, as RFC 8785 has them: whole ones beyond 2^53
 * are not told apart.
 */
public final class Fingerprint {

	private static final JsonMapper json = new JsonMapper();

	private Fingerprint() {
	}

	/**
	 * The fingerprint of a body, 64 hex digits.
	 * @param body the body; what it writes as JSON counts, so secrets must be write-only
	 */
	public static String of(Object body) {
		try {
			// The library takes arrays and objects alone.
			byte[] canonical = new JsonCanonicalizer(json.writeValueAsString(new Object[] { body })).getEncodedUTF8();
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
