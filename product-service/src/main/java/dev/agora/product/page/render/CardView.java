package dev.agora.product.page.render;

import org.jspecify.annotations.Nullable;

import dev.agora.product.catalog.ProductView;
import dev.agora.product.page.PagePath;

/**
 * A product in a list on a page.
 *
 * @param url the path of the product's page
 * @param title the title
 * @param price the price of one item
 * @param imageUrl the address of a picture, or null
 * @param rating the rating, null before the first review
 * @param sellerName the name of the seller
 */
public record CardView(String url, String title, String price, @Nullable String imageUrl, @Nullable RatingView rating,
		String sellerName) {

	static CardView of(ProductView product) {
		return new CardView(PagePath.toPublic(PagePath.ofProduct(product.id())), product.title(),
				PageText.price(product.price()), PageText.webAddress(product.imageUrl()),
				RatingView.of(product.rating()), product.seller().name());
	}

}
