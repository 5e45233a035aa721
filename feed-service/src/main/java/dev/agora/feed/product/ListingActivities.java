package dev.agora.feed.product;

import java.time.Clock;
import java.time.Instant;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.audience.MemberProjection;

/**
 * Makes a product's being offered an activity of its seller, which ends with the product.
 * Both may be told again, and the beginning after the end: what is gone stays gone.
 */
public final class ListingActivities {

	/** Few, so that requests stay quick while a product of many posts is seen to. */
	private static final int AT_ONCE = 4;

	private final ProductProjection products;

	private final MemberProjection members;

	private final Activities activities;

	private final Clock clock;

	public ListingActivities(ProductProjection products, MemberProjection members, Activities activities, Clock clock) {
		this.products = products;
		this.members = members;
		this.activities = activities;
		this.clock = clock;
	}

	/** A product is offered; by nobody, if its seller left meanwhile. */
	Mono<Void> start(ProductCard product, long version, Author seller, Instant at) {
		return this.products.put(product, version)
			.then(this.products.isGone(product.id()))
			.filter((gone) -> !gone)
			.flatMap((there) -> this.members.current(seller))
			.flatMap((author) -> this.activities.addOnce(product.id(), Activity.list(author, product, at)));
	}

	/** A product is offered no more. Posts about it go on without it. */
	Mono<Void> end(String productId, long version) {
		return this.products.remove(productId, version)
			.then(this.activities.changeIfPresent(productId, (listing) -> listing.withdraw(this.clock.instant())))
			.thenMany(this.activities.about(productId))
			.flatMap((id) -> this.activities.changeIfPresent(id,
					(post) -> post.without(productId, this.clock.instant())), AT_ONCE)
			.then();
	}

}
