package dev.agora.product.imports.row;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.json.Fingerprint;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.FieldError;
import dev.agora.product.catalog.NewProduct;
import dev.agora.product.catalog.Seller;

/** Checks a row by the constraints of a request that creates a product. */
public final class RowCheck {

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
	 * Checks a row.
	 * @param line the line on which it begins
	 * @param key the seller's own key of the product, or null if the row has none
	 * @param body the product
	 */
	Row check(long line, @Nullable String key, NewProduct body) {
		if (key != null && key.length() > MAX_KEY) {
			return Row.Invalid.of(line, "key", "must be at most " + MAX_KEY + " characters");
		}
		Set<ConstraintViolation<NewProduct>> violations = this.validator.validate(body);
		if (!violations.isEmpty()) {
			return new Row.Invalid(line,
					violations.stream()
						.map((violation) -> error(line,
								new FieldError(violation.getPropertyPath().toString(), violation.getMessage())))
						.distinct()
						.sorted(Comparator.comparing(RowError::field))
						.toList());
		}
		try {
			return new Row.Valid(line, digest(key, body), body.toProduct(this.seller));
		}
		catch (InvalidRequest ex) {
			return new Row.Invalid(line, errors(line, ex.errors()));
		}
	}

	/** Without a key, the same content is the same product. */
	private String digest(@Nullable String key, NewProduct body) {
		String identity = (key != null) ? "key " + key : "content " + Fingerprint.of(body);
		return Sha256.hex(this.seller.id() + " " + identity);
	}

	static List<RowError> errors(long line, List<FieldError> errors) {
		return errors.stream().map((error) -> error(line, error)).toList();
	}

	private static RowError error(long line, FieldError error) {
		return new RowError(line, error.field(), error.message());
	}

}
