package dev.agora.product.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;
import dev.agora.product.rating.Rating;
import dev.agora.product.rating.ReviewSummary;
import dev.agora.product.rating.TopReview;

/**
 * A product that a member offers.
 *
 * @param title the title, one line
 * @param description the description, or null
 * @param category the category under which the product is listed
 * @param price the price of one item
 * @param stock the number of items
 * @param tags the tags, distinct, in the seller's order
 * @param attributes the attributes by name, sorted by name
 * @param imageUrl the address of a picture, or null
 * @param seller the member who offers it
 * @param edition 1 at first, raised by each change that the seller makes
 * @param rating the rating by its reviewers
 * @param topReviews the newest reviews with a text
 */
public record Product(String title, @Nullable String description, String category, Price price, long stock,
		List<String> tags, Map<String, String> attributes, @Nullable String imageUrl, Seller seller, long edition,
		Rating rating, List<TopReview> topReviews) {

	/** The edition of a new product. */
	public static final long FIRST_EDITION = 1;

	public Product {
		tags = tags.stream().distinct().toList();
		attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
		// Documents from before editions and reviews have none.
		edition = Math.max(edition, FIRST_EDITION);
		rating = (rating != null) ? rating : Rating.NONE;
		topReviews = (topReviews != null) ? topReviews : List.of();
	}

	/** Creates a product without reviews. */
	public Product(String title, @Nullable String description, String category, Price price, long stock,
			List<String> tags, Map<String, String> attributes, @Nullable String imageUrl, Seller seller, long edition) {
		this(title, description, category, price, stock, tags, attributes, imageUrl, seller, edition, Rating.NONE,
				List.of());
	}

	/**
	 * Requires that a member may change this product.
	 * @throws Forbidden if another member sells it
	 */
	public void requireSeller(String memberId) {
		if (!this.seller.id().equals(memberId)) {
			throw new Forbidden("Only its seller can change a product.");
		}
	}

	/**
	 * Publishes this new product in the catalogue.
	 * @param at the time of the publication
	 */
	public Change<Product> publish(Instant at) {
		return publish(at, null);
	}

	/**
	 * Publishes this new product of an import, which feeds do not show.
	 * @param at the time of the publication
	 */
	public Change<Product> publishImported(Instant at) {
		return publish(at, true);
	}

	private Change<Product> publish(Instant at, @Nullable Boolean imported) {
		return Change.to(this,
				new ProductEvent.Listed(this.title, this.category, this.price, this.seller, at, imported));
	}

	/**
	 * Replaces everything that the seller says about this product. The same words again
	 * change nothing.
	 * @param wanted the product as the seller wants it; its seller, edition and reviews
	 * do not count
	 */
	public Change<Product> replaceBy(Product wanted) {
		return replaceBy(wanted, null);
	}

	/** Replaces this product by that of an import, whose new price feeds do not show. */
	public Change<Product> replaceByImported(Product wanted) {
		return replaceBy(wanted, true);
	}

	private Change<Product> replaceBy(Product wanted, @Nullable Boolean imported) {
		if (wanted.with(this.seller, this.edition, summary()).equals(this)) {
			return Change.none(this);
		}
		Product next = wanted.with(this.seller, this.edition + 1, summary());
		return Change.to(next, next.toRevision(this, imported));
	}

	/** Returns the event of a change; a new price comes before a new title. */
	private ProductEvent toRevision(Product previous, @Nullable Boolean imported) {
		if (!this.price.equals(previous.price)) {
			return new ProductEvent.Repriced(this.title, this.category, this.price, previous.price, this.edition,
					this.seller, imported);
		}
		return this.title.equals(previous.title)
				? new ProductEvent.Revised(this.title, this.category, this.price, this.edition)
				: new ProductEvent.Retitled(this.title, this.category, this.price, this.edition);
	}

	/**
	 * Replaces the seller by a newer version; an older or equal version changes nothing.
	 */
	public Change<Product> withSeller(Seller newer) {
		if (newer.version() <= this.seller.version()) {
			return Change.none(this);
		}
		return Change.to(with(newer, this.edition, summary()), new ProductEvent.SellerRenamed(newer));
	}

	/**
	 * Removes this product from the catalogue.
	 * @param at the time of the removal
	 */
	public Change<Product> delist(Instant at) {
		return Change.removal(new ProductEvent.Delisted(this.seller.id(), at));
	}

	/** Replaces the summary of the reviews; the same summary changes nothing. */
	public Change<Product> rate(ReviewSummary newer) {
		return newer.equals(summary()) ? Change.none(this) : Change.to(with(this.seller, this.edition, newer),
				new ProductEvent.Rated(this.title, this.category, this.price, newer.rating()));
	}

	/** Returns the summary of the reviews that this product shows. */
	public ReviewSummary summary() {
		return new ReviewSummary(this.rating, this.topReviews);
	}

	private Product with(Seller newSeller, long newEdition, ReviewSummary reviews) {
		return new Product(this.title, this.description, this.category, this.price, this.stock, this.tags,
				this.attributes, this.imageUrl, newSeller, newEdition, reviews.rating(), reviews.topReviews());
	}

}
