package dev.agora.product.imports.row;

import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowError;
import dev.agora.platform.json.Fingerprint;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.product.catalog.NewProduct;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Seller;

/** Checks a row by the constraints of a request that creates a product. */
public final class RowCheck {

	/**
	 * Longer than any valid product, even if each character is written as an escape.
	 */
	public static final int MAX_LINE = 384 << 10;

	private static final String KEY = "key";

	private static final int MAX_KEY = 200;

	private final Validator validator;

	private final Seller seller;

	/**
	 * Creates a check of the rows of a file.
	 * @param validator checks the constraints
	 * @param seller the member who imports the file
	 */
	public RowCheck(Validator validator, Seller seller) {
		this.validator = validator;
		this.seller = seller;
	}

	/**
	 * Checks a JSON object: the body of a request that creates a product, which may also
	 * have the member {@code key}.
	 */
	public Row<Product> parse(long line, ObjectNode row, JsonMapper json) {
		@Nullable JsonNode key = row.remove(KEY);
		if (key != null && (!key.isString() || key.asString().isBlank())) {
			return Row.Invalid.of(line, KEY, "must be a string that is not blank");
		}
		return check(line, (key != null) ? key.asString() : null, json.treeToValue(row, NewProduct.class));
	}

	/**
	 * Checks a row.
	 * @param line the line on which it begins
	 * @param key the seller's own key of the product, or null if the row has none
	 * @param body the product
	 */
	Row<Product> check(long line, @Nullable String key, NewProduct body) {
		if (key != null && key.length() > MAX_KEY) {
			return Row.Invalid.of(line, KEY, "must be at most " + MAX_KEY + " characters");
		}
		Set<ConstraintViolation<NewProduct>> violations = this.validator.validate(body);
		if (!violations.isEmpty()) {
			return new Row.Invalid<>(line, RowError.of(line, violations));
		}
		try {
			return new Row.Valid<>(line, digest(key, body), body.toProduct(this.seller));
		}
		catch (InvalidRequest ex) {
			return new Row.Invalid<>(line, RowError.of(line, ex.errors()));
		}
	}

	/** Without a key, the same content is the same product. */
	private String digest(@Nullable String key, NewProduct body) {
		String identity = (key != null) ? "key " + key : "content " + Fingerprint.of(body);
		return Sha256.hex(this.seller.id() + " " + identity);
	}

}
