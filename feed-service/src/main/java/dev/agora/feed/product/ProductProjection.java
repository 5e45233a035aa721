package dev.agora.feed.product;

import java.util.List;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.arrival.Arrivals;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projection;
import dev.agora.platform.problem.InvalidRequest;

/** The feed's own copy of the products' cards. */
public final class ProductProjection {

	private final Projection<ProductCard> copies;

	private final Arrivals arrivals;

	public ProductProjection(DocumentStore store, Arrivals arrivals) {
		this.copies = store.projection("products", ProductCard.class);
		this.arrivals = arrivals;
	}

	/**
	 * Finds a product; one that was listed a moment ago is waited for.
	 * @throws InvalidRequest if there is no such product, with the field
	 * {@code productId}
	 */
	public Mono<ProductCard> require(String id) {
		return this.arrivals.await(id, this::find).switchIfEmpty(Mono.error(() -> unknown(id)));
	}

	/** Whether a product is known to be offered no more. */
	public Mono<Boolean> isGone(String id) {
		return this.copies.isAnyDeleted(List.of(id));
	}

	/** Forgets a product that is offered no more. */
	public Mono<Void> remove(String id, long version) {
		return this.copies.remove(id, version).then();
	}

	/** Keeps a newer card. */
	public Mono<Void> put(ProductCard product, long version) {
		return this.copies.upsert(product.id(), version, product).then();
	}

	/** Nothing needs to be waited for that is gone. */
	private Mono<ProductCard> find(String id) {
		return this.copies.find(id)
			.flatMap((known) -> known.isDeleted() ? Mono.error(unknown(id)) : Mono.justOrEmpty(known.value()));
	}

	private static InvalidRequest unknown(String id) {
		return InvalidRequest.unprocessable("unknown-product", "productId", "There is no product " + id + ".");
	}

}
