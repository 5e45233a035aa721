package dev.agora.feed.product;

import java.time.Clock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.Projected;
import dev.agora.platform.projection.Dependents;

/**
 * Publishes the listing of a product as an activity of its seller. Activities about the
 * product show its newest title and price. When the product is delisted, posts about it
 * lose its card, and its other activities are removed. Events may be repeated and come in
 * any order: a listing that was removed is never published again.
 */
public final class ListingActivities implements Dependents<ProductCard> {

	private final ProductProjection products;

	private final Authors authors;

	private final Activities activities;

	private final Clock clock;

	public ListingActivities(ProductProjection products, Authors authors, Activities activities, Clock clock) {
		this.products = products;
		this.authors = authors;
		this.activities = activities;
		this.clock = clock;
	}

	/**
	 * Stores a new product, and publishes its listing unless it was imported, or delisted
	 * or its seller deleted since.
	 */
	Mono<Void> publish(ProductCard product, long version, ProductEvent.Listed listed) {
		return this.products.upsert(product, version)
			.filter((newest) -> listed.makesActivity())
			.flatMap((newest) -> newest ? Mono.just(false) : this.products.isDelisted(product.id()))
			.filter((delisted) -> !delisted)
			.flatMap((current) -> this.authors.findNewest(listed.seller()))
			.map((author) -> Activity.listing(author, ActivityProduct.of(product, version), listed.at()))
			.flatMap((listing) -> this.activities.addOnce(product.id(), listing));
	}

	@Override
	public Flux<String> findOutdated(String productId, Projected<ProductCard> product) {
		return product.isDeleted() ? this.activities.idsAbout(productId)
				: this.activities.idsWithProductBefore(productId, product.version());
	}

	@Override
	public Mono<Void> reconcile(String id, String productId, Projected<ProductCard> product) {
		return this.activities.changeIfPresent(id, toChange(productId, product));
	}

	private Function<Activity, Change<Activity>> toChange(String productId, Projected<ProductCard> product) {
		@Nullable ProductCard card = product.value();
		if (card == null) {
			return (activity) -> activity.withoutProduct(productId, this.clock.instant());
		}
		ActivityProduct newer = ActivityProduct.of(card, product.version());
		return (activity) -> activity.withProduct(newer);
	}

}
