package dev.agora.product.recount;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Claim;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.recount.RecountRequests.Request;
import dev.agora.product.review.Reviews;

/**
 * Counts the reviews of a product, and writes the summary to the product. A summary is
 * written only if no other count of the product has begun since, so that an older count
 * never replaces a newer one. The request stays until its count is on the product.
 */
public final class Recount {

	private final RecountRequests requests;

	private final Products products;

	private final Reviews reviews;

	public Recount(RecountRequests requests, Products products, Reviews reviews) {
		this.requests = requests;
		this.products = products;
		this.reviews = reviews;
	}

	/** Counts once on behalf of a request. It may run concurrently with others. */
	public Mono<Void> run(Request request) {
		return this.products.claim(request.product())
			.flatMap(this::write)
			.defaultIfEmpty(true) // The product was delisted.
			.flatMap((done) -> done ? this.requests.remove(request) : Mono.empty());
	}

	private Mono<Boolean> write(Claim<Product> claim) {
		return this.reviews.summarize(claim.state().id()).flatMap((summary) -> this.products.rate(claim, summary));
	}

}
