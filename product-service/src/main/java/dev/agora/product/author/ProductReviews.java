package dev.agora.product.author;

import reactor.core.publisher.Mono;

import dev.agora.product.catalog.Products;
import dev.agora.product.review.Reviews;

/**
 * Removes the reviews of delisted products. No review is missed: one that is written too
 * late to be found has an event of its own, whose listener no longer finds the product.
 */
public final class ProductReviews {

	/** A small number, so that requests stay quick while many reviews are removed. */
	private static final int CONCURRENCY = 4;

	private final Products products;

	private final Reviews reviews;

	public ProductReviews(Products products, Reviews reviews) {
		this.products = products;
		this.reviews = reviews;
	}

	/** Removes all reviews of a delisted product. */
	Mono<Void> removeAll(String product) {
		return this.reviews.idsOf(product).flatMap(this.reviews::remove, CONCURRENCY).then();
	}

	/** Removes a review if its product was delisted. */
	Mono<Void> reconcile(String id, String product) {
		return this.products.find(product)
			.hasElement()
			.flatMap((listed) -> listed ? Mono.empty() : this.reviews.remove(id));
	}

}
