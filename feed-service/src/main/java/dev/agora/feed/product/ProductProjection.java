package dev.agora.feed.product;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.projection.Dependents;
import dev.agora.platform.projection.FreshEntryLookup;
import dev.agora.platform.projection.Reconciler;

/** The cards of the products as far as the feed has received their events. */
public final class ProductProjection {

	private final Projection<ProductCard> projection;

	private final FreshEntryLookup freshEntries;

	public ProductProjection(DocumentStore store, FreshEntryLookup freshEntries) {
		this.projection = store.projection("products", ProductCard.class);
		this.freshEntries = freshEntries;
	}

	/** The types of the events that change what the feed shows of a product. */
	public static String[] eventTypes() {
		return EventTypes.of(ProductEvent.class).names();
	}

	/**
	 * Finds a product that must exist. The event of a product that was just listed is
	 * awaited for a bounded time.
	 * @throws InvalidRequest if there is no such product, with the field
	 * {@code productId}
	 */
	public Mono<ActivityProduct> require(String id) {
		return this.freshEntries.awaitFresh(id, this.projection::find)
			.flatMap((product) -> Mono.justOrEmpty(product.value())
				.map((card) -> ActivityProduct.of(card, product.version())))
			.switchIfEmpty(Mono.error(() -> unknown(id)));
	}

	/** Whether the product is known to be delisted. */
	public Mono<Boolean> isDelisted(String id) {
		return this.projection.findForEvent(id).filter(Projected::isDeleted).hasElement();
	}

	/**
	 * Stores a newer card of a product.
	 * @return false if the projection is newer already
	 */
	public Mono<Boolean> upsert(ProductCard product, long version) {
		return this.projection.upsert(product.id(), version, product);
	}

	/** Creates the reconciler of the documents that depend on products. */
	Reconciler<ProductCard> reconciler(Dependents<ProductCard> dependents) {
		return new Reconciler<>(this.projection, dependents);
	}

	private static InvalidRequest unknown(String id) {
		return InvalidRequest.unprocessable("unknown-product", "productId", "There is no product " + id + ".");
	}

}
