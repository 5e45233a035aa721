package dev.agora.platform.web;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.json.Fingerprint;
import dev.agora.platform.problem.InvalidRequest;

/**
 * What makes a repeated creation the same one: the client's {@code Idempotency-Key}
 * within its scope, and a digest of what was to be created.
 *
 * @param key digest of scope and key, 64 hex digits
 * @param content fingerprint of the body, 64 hex digits
 */
public record Idempotency(String key, String content) {

	/** The request header. */
	public static final String HEADER = "Idempotency-Key";

	/**
	 * Reads the header.
	 * @param header its value, or null where the client sent none
	 * @param scope whose key it is: keys of two callers never meet
	 * @param body what is to be created; its JSON is compared, so leave secrets out
	 * @throws InvalidRequest if the key is empty, over 255 characters or not printable
	 * ASCII
	 */
	public static Optional<Idempotency> of(@Nullable String header, String scope, Object body) {
		if (header == null) {
			return Optional.empty();
		}
		if (!header.matches("[\\x21-\\x7e]{1,255}")) {
			throw InvalidRequest.field(HEADER, "must be 1 to 255 printable characters without blanks");
		}
		return Optional.of(new Idempotency(Sha256.hex(scope + " " + header), Fingerprint.of(body)));
	}

}
