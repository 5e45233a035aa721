package dev.agora.product.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TypedText;
import dev.agora.product.catalog.query.ProductQuery;

/**
 * The body of a request that creates or replaces a product.
 *
 * @param title one line of at most 200 characters
 * @param description up to 5,000 characters, optional
 * @param category 1 to 50 of {@code a-z 0-9 -}
 * @param price the price of one item
 * @param stock the number of items
 * @param tags up to 20 of 1 to 40 characters, optional
 * @param attributes up to 30, optional; their names contain no dot and no dollar sign,
 * which MongoDB reserves
 * @param imageUrl an http or https address, optional
 */
public record NewProduct(@NotNull(message = "must be given") @TypedText(max = 200) String title,
		@Nullable @TypedText(form = TextForm.TEXT, max = 5000, blank = true) String description,
		@NotNull(message = ProductQuery.CATEGORY_FORM) @Pattern(regexp = ProductQuery.CATEGORY,
				message = ProductQuery.CATEGORY_FORM) String category,
		@NotNull(message = "must be an amount and a currency") @Valid NewPrice price,
		@NotNull(message = STOCK) @Min(value = 0, message = STOCK) @Max(value = 1_000_000_000,
				message = STOCK) Long stock,
		@Nullable @Size(max = MAX_TAGS,
				message = "must be at most 20 tags") List<@NotNull(message = "must be given") @TypedText(
						max = ProductQuery.MAX_TAG) String> tags,
		@Nullable @Size(max = MAX_ATTRIBUTES,
				message = "must be at most 30 attributes") Map<@TypedText(max = 40) @Pattern(regexp = "[^.$]*",
						message = "must have a name without dots and dollar signs") String, @NotNull(
								message = "must be given") @TypedText(form = TextForm.TEXT, max = 500,
										blank = true) String> attributes,
		@Nullable @TypedText(max = 500) @Pattern(regexp = "https?://[^" + OUTSIDE + "/?#]+([/?#][^" + OUTSIDE + "]*)?",
				message = "must be an http or https address") String imageUrl) {

	private static final String STOCK = "must be a whole number from 0 to 1000000000";

	/** The characters that an address cannot contain: blanks, angle brackets, quotes. */
	private static final String OUTSIDE = "\\u0020\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000<>\"'";

	private static final int MAX_TAGS = 20;

	private static final int MAX_ATTRIBUTES = 30;

	/**
	 * Keeps one tag and one attribute too many at most. They show that there are too
	 * many, and the checks of the elements stay cheap for any body.
	 */
	public NewProduct {
		title = Nfc.of(title);
		description = (description != null) ? Nfc.of(description) : null;
		tags = (tags != null) ? Nfc.ofAll(tags.subList(0, Math.min(tags.size(), MAX_TAGS + 1))) : null;
		attributes = (attributes != null) ? Nfc.ofEntries(first(attributes), "attributes") : null;
	}

	private static Map<String, String> first(Map<String, String> attributes) {
		Map<String, String> first = new LinkedHashMap<>();
		attributes.entrySet()
			.stream()
			.limit(MAX_ATTRIBUTES + 1)
			.forEach((attribute) -> first.put(attribute.getKey(), attribute.getValue()));
		return first;
	}

	/**
	 * Converts this body to a product.
	 * @param seller the member who offers it
	 */
	public Product toProduct(Seller seller) {
		return new Product(this.title, this.description, this.category, this.price.toPrice(), this.stock,
				(this.tags != null) ? this.tags : List.of(), (this.attributes != null) ? this.attributes : Map.of(),
				this.imageUrl, seller, Product.FIRST_EDITION);
	}

}
