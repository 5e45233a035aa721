package dev.agora.launcher.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that lists a product.
 *
 * @param key the idempotency key, so that the product is listed once
 * @param title the title
 * @param description a sentence about the product
 * @param category the category
 * @param price the price
 * @param stock the number in stock
 * @param tags the tags
 * @param attributes further properties by name
 * @param imageUrl the address of a picture
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewProduct(@JsonIgnore String key, String title, String description, String category, Price price, int stock,
		List<String> tags, Map<String, String> attributes, @Nullable String imageUrl) {

	/** The maximum length of a title in the API. */
	static final int MAX_TITLE_LENGTH = 200;

	/**
	 * A price.
	 *
	 * @param amount the amount
	 * @param currency the code of the currency
	 */
	record Price(BigDecimal amount, String currency) {

		static Price ofCents(long cents) {
			return new Price(BigDecimal.valueOf(cents, 2), "EUR");
		}

	}

	/** Truncates a title to the maximum length. */
	static String truncate(String title) {
		if (title.length() <= MAX_TITLE_LENGTH) {
			return title;
		}
		int end = MAX_TITLE_LENGTH - 1;
		// A surrogate pair must not be split.
		end -= Character.isHighSurrogate(title.charAt(end - 1)) ? 1 : 0;
		return title.substring(0, end) + "…";
	}

}
