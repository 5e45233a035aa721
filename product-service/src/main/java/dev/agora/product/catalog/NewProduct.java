package dev.agora.product.catalog;

import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The body that lists a product.
 *
 * @param title 1 to 200 characters
 * @param description up to 5,000 characters, may be left out
 * @param category 1 to 50 of {@code a-z 0-9 -}
 * @param price what one of it costs
 * @param stock how many there are
 * @param tags up to 20 of 1 to 40 characters, may be left out
 * @param attributes up to 30, may be left out; names cannot hold what MongoDB keeps for
 * itself
 * @param imageUrl an http or https address, may be left out
 */
public record NewProduct(
		@NotBlank(message = TITLE) @Size(max = 200, message = TITLE) @Pattern(regexp = LINE,
				message = TITLE) String title,
		@Nullable @Size(max = 5000, message = DESCRIPTION) @Pattern(regexp = TEXT,
				message = DESCRIPTION) String description,
		@NotNull(message = CATEGORY) @Pattern(regexp = "[a-z0-9-]{1,50}", message = CATEGORY) String category,
		@NotNull(message = "must be an amount and a currency") @Valid NewPrice price,
		@NotNull(message = STOCK) @Min(value = 0, message = STOCK) @Max(value = 1_000_000_000,
				message = STOCK) Long stock,
		@Nullable @Size(max = 20,
				message = "must be at most 20 tags") List<@NotBlank(message = TAG) @Size(max = 40,
						message = TAG) @Pattern(regexp = LINE, message = TAG) String> tags,
		@Nullable @Size(max = 30,
				message = "must be at most 30 attributes") Map<@Pattern(regexp = "[^.$\\p{Cntrl}\\p{Cs}]{1,40}",
						message = NAME) String, @NotNull(message = FACT) @Size(max = 500,
								message = FACT) @Pattern(regexp = TEXT, message = FACT) String> attributes,
		@Nullable @Size(max = 500, message = "must be at most 500 characters") @Pattern(
				regexp = "https?://[^\\s/?#<>\"'\\p{Cntrl}\\p{Cs}]+([/?#][^\\s<>\"'\\p{Cntrl}\\p{Cs}]*)?",
				message = "must be an http or https address") String imageUrl) {

	private static final String LINE = "[^\\p{Cntrl}\\p{Cs}]*";

	// Half a surrogate pair would be stored as another character than was sent.
	private static final String TEXT = "[^\\x00\\p{Cs}]*";

	private static final String TITLE = "must be 1 to 200 characters in one line";

	private static final String DESCRIPTION = "must be at most 5000 characters";

	static final String CATEGORY = "must be 1 to 50 lower-case letters, digits or hyphens";

	static final String TAG = "must be 1 to 40 characters in one line";

	private static final String STOCK = "must be a whole number from 0 to 1000000000";

	private static final String NAME = "must have a name of 1 to 40 characters without dots, dollar signs and controls";

	private static final String FACT = "must be at most 500 characters";

	/**
	 * The product that this body describes.
	 * @param seller who lists it
	 */
	Product toProduct(Seller seller) {
		return new Product(this.title, this.description, this.category, this.price.toPrice(), this.stock,
				(this.tags != null) ? this.tags : List.of(), (this.attributes != null) ? this.attributes : Map.of(),
				this.imageUrl, seller);
	}

}
