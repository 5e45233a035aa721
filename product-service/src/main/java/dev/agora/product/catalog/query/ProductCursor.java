package dev.agora.product.catalog.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import dev.agora.platform.problem.InvalidRequest;

/**
 * The position of a product in a list. A page continues after the position, whether or
 * not the product is still there.
 *
 * @param fingerprint identifies the order and the filter of the list
 * @param key the product's key in the order, empty if the order is that of the ids
 * @param id the product's id
 */
record ProductCursor(String fingerprint, String key, String id) {

	private static final String SEPARATOR = "/";

	/**
	 * Parses a cursor.
	 * @throws InvalidRequest if it is none
	 */
	static ProductCursor parse(String text) {
		return decode(text).map((decoded) -> decoded.split(SEPARATOR, -1))
			.filter((parts) -> parts.length == 3)
			.map((parts) -> new ProductCursor(parts[0], parts[1], parts[2]))
			.orElseThrow(ProductCursor::invalid);
	}

	private static Optional<String> decode(String text) {
		try {
			return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** Returns the exception for a cursor that no page of this list has returned. */
	static InvalidRequest invalid() {
		return InvalidRequest.field("cursor", "must be a cursor from an earlier page of the same list");
	}

	@Override
	public String toString() {
		byte[] text = String.join(SEPARATOR, this.fingerprint, this.key, this.id).getBytes(StandardCharsets.US_ASCII);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
	}

}
