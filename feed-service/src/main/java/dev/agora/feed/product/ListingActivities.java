package dev.agora.feed.product;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.Dependents;

/**
 * Publishes the listing of a product as an activity of its seller. Activities about the
 * product show its newest title and price. When the product is delisted, the listing is
 * removed, and posts about the product lose its card. Events may be repeated and come in
 * any order: a listing that was removed is never published again.
 */
public final class ListingActivities implements Dependents<ProductCard> {

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

	/**
	 * Publishes a listing, unless its product was delisted or its seller deleted since.
	 */
	Mono<Void> publish(ProductCard product, long version, Author seller, Instant at) {
		return this.products.upsert(product, version)
			.flatMap((newest) -> newest ? Mono.just(false) : this.products.isDelisted(product.id()))
			.filter((delisted) -> !delisted)
			.flatMap((listed) -> findAuthor(seller))
			.map((author) -> Activity.listing(author, ActivityProduct.of(product, version), at))
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

	/** Finds the newest known name of a seller; empty if the seller was deleted. */
	private Mono<Author> findAuthor(Author seller) {
		return this.members.findNewest(new MemberCard(seller.id(), seller.handle(), seller.name()), seller.version())
			.flatMap((member) -> Mono.justOrEmpty(member.value())
				.map((card) -> new Author(seller.id(), card.handle(), card.name(), member.version())));
	}

}
