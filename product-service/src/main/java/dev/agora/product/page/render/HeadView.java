package dev.agora.product.page.render;

import org.jspecify.annotations.Nullable;

/**
 * The head of a page.
 *
 * @param title the title
 * @param description the description in search results and shared links
 * @param type the type of Open Graph
 * @param url the canonical address, null for a page that has none
 * @param imageUrl the address of a picture, or null
 * @param stylesheet the path of the stylesheet
 * @param jsonLd the structured data as JSON without a less-than sign, or null
 */
public record HeadView(String title, String description, String type, @Nullable String url, @Nullable String imageUrl,
		String stylesheet, @Nullable String jsonLd) {

	/**
	 * The sources that a page may load: the stylesheet, and pictures from the addresses
	 * that sellers name. It runs no script.
	 */
	public static final String POLICY = "default-src 'none'; style-src 'self'; img-src http: https:; base-uri 'none'; "
			+ "form-action 'none'";

}
