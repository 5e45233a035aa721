package dev.agora.platform.web;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.json.Fingerprint;
import dev.agora.platform.problem.InvalidRequest;

/**
 * Identifies a repeated creation: by the client's {@code Idempotency-Key} within a scope,
 * and by a fingerprint of the body.
 *
 * @param key the digest of scope and key, 64 hex digits
 * @param content the fingerprint of the body, 64 hex digits
 */
public record Idempotency(String key, String content) {

	/** The request header. */
	public static final String HEADER = "Idempotency-Key";

	/**
	 * Parses the header.
	 * @param header the value, null if the client sent none
	 * @param scope separates the keys of different callers
	 * @param body the object to be created, without secrets; its JSON is compared
	 * @throws InvalidRequest if the key is empty, over 255 characters or not printable
	 * ASCII
	 */
	public static Optional<Idempotency> of(@Nullable String header, String scope, Object body) {
		if (header == null) {
			return Optional.empty();
		}
		if (!header.matches("[\\x21-\\x7e]{1,255}")) {
			throw InvalidRequest.field(HEADER, "must be 1 to 255 printable characters without spaces");
		}
		return Optional.of(new Idempotency(Sha256.hex(scope + " " + header), Fingerprint.of(body)));
	}

}
