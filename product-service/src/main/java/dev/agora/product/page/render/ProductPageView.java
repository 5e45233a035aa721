package dev.agora.product.page.render;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.agora.product.catalog.ProductView;
import dev.agora.product.page.PagePath;

/**
 * The page of a product.
 *
 * @param head the head of the page
 * @param title the title
 * @param category the category
 * @param categoryUrl the path of the category's page
 * @param price the price of one item
 * @param availability whether the product can be bought
 * @param description the description, or null
 * @param tags the tags
 * @param attributes the attributes by name
 * @param sellerName the name of the seller
 * @param sellerHandle the handle of the seller
 * @param rating the rating, null before the first review
 * @param reviews some of the reviews
 */
public record ProductPageView(HeadView head, String title, String category, String categoryUrl, String price,
		String availability, @Nullable String description, List<String> tags, Map<String, String> attributes,
		String sellerName, String sellerHandle, @Nullable RatingView rating, List<ReviewLineView> reviews) {

	static ProductPageView of(HeadView head, ProductView product) {
		String description = product.description();
		return new ProductPageView(head, product.title(), product.category(),
				PagePath.toPublic(PagePath.ofCategory(product.category())), PageText.price(product.price()),
				(product.stock() > 0) ? "In stock" : "Sold out",
				(description == null || description.isBlank()) ? null : description, product.tags(),
				product.attributes(), product.seller().name(), product.seller().handle(),
				RatingView.of(product.rating()), product.topReviews().stream().map(ReviewLineView::of).toList());
	}

}
