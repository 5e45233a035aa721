package dev.agora.launcher.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A product to list.
 *
 * @param key what tells it from others, so that it is listed once
 * @param title its title
 * @param description a sentence on it
 * @param category its category
 * @param price its price
 * @param stock how many there are
 * @param tags its tags
 * @param attributes what else is known of it
 * @param imageUrl its picture
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewProduct(@JsonIgnore String key, String title, String description, String category, Price price, int stock,
		List<String> tags, Map<String, String> attributes, @Nullable String imageUrl) {

	/** The longest title that the API takes. */
	static final int LONGEST_TITLE = 200;

	/**
	 * A price.
	 *
	 * @param amount how much
	 * @param currency of what
	 */
	record Price(BigDecimal amount, String currency) {

		static Price ofCents(long cents) {
			return new Price(BigDecimal.valueOf(cents, 2), "EUR");
		}

	}

	static String fit(String title) {
		if (title.length() <= LONGEST_TITLE) {
			return title;
		}
		int end = LONGEST_TITLE - 1;
		// Half of a surrogate pair is no character.
		end -= Character.isHighSurrogate(title.charAt(end - 1)) ? 1 : 0;
		return title.substring(0, end) + "…";
	}

}
