package dev.agora.product.page.render;

import org.jspecify.annotations.Nullable;

import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.ProductView;

/** Prepares the texts of products for pages. */
final class PageText {

	/** Search engines show about this many characters of a description. */
	private static final int MAX_SUMMARY = 160;

	private static final int REPLACEMENT = 0xFFFD;

	private PageText() {
	}

	static String price(Price price) {
		return price.amount().toPlainString() + " " + price.currency();
	}

	/** Returns an address if a browser can load a picture from it, else null. */
	static @Nullable String webAddress(@Nullable String address) {
		return (address != null && (address.startsWith("https://") || address.startsWith("http://"))) ? address : null;
	}

	/** Returns the beginning of a product's description in one line. */
	static String summary(ProductView product) {
		String description = product.description();
		String text = (description == null || description.isBlank())
				? product.title() + " for " + price(product.price()) + ", offered by " + product.seller().name()
				: description;
		String line = text.strip().replaceAll("\\s+", " ");
		if (line.codePointCount(0, line.length()) <= MAX_SUMMARY) {
			return line;
		}
		return line.substring(0, line.offsetByCodePoints(0, MAX_SUMMARY - 1)) + "…";
	}

	/**
	 * Replaces the characters that no HTML document may have. The catalogue refuses most
	 * of them, but a page must be valid whatever a store returns.
	 */
	static String valid(String html) {
		if (html.codePoints().allMatch(PageText::isValid)) {
			return html;
		}
		StringBuilder valid = new StringBuilder(html.length());
		html.codePoints()
			.map((character) -> isValid(character) ? character : REPLACEMENT)
			.forEach(valid::appendCodePoint);
		return valid.toString();
	}

	private static boolean isValid(int character) {
		if (character < ' ') {
			return character == '\n' || character == '\t' || character == '\r';
		}
		boolean control = character >= 0x7F && character <= 0x9F;
		boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
		boolean none = (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
		return !control && !surrogate && !none;
	}

}
