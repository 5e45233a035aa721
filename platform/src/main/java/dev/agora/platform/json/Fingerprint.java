package dev.agora.platform.json;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.digest.Sha256;

/**
 * Computes the fingerprint of a request body, by which a repeated request is compared
 * with the first one: the SHA-256 of the canonical JSON (RFC 8785). Neither the order of
 * members nor the notation of numbers matters. As RFC 8785 uses IEEE 754 numbers, whole
 * numbers beyond 2^53 may have equal fingerprints.
 */
public final class Fingerprint {

	private static final JsonMapper json = new JsonMapper();

	private Fingerprint() {
	}

	/**
	 * Computes the fingerprint of a body, 64 hex digits.
	 * @param body the body, compared by its JSON: its secrets must be write-only
	 */
	public static String of(Object body) {
		try {
			// The library accepts only arrays and objects.
			return Sha256.hex(new JsonCanonicalizer(json.writeValueAsString(new Object[] { body })).getEncodedUTF8());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
