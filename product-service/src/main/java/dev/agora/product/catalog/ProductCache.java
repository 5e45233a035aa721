package dev.agora.product.catalog;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.document.Stored;

/** Caches the views of products in Redis under {@code product:product:v2:{<id>}}. */
public final class ProductCache {

	/** The version of a tombstone, above all others since an id is never used again. */
	private static final long DELISTED = Long.MAX_VALUE;

	private final ObjectCache<ProductView> cache;

	private final Products products;

	public ProductCache(ObjectCaches caches, Products products) {
		this.cache = caches.of("product", "product", 2, ProductView.class);
		this.products = products;
	}

	/** Finds a product, which may be slightly stale; empty if it does not exist. */
	public Mono<ProductView> find(String id) {
		return this.cache.get(id, this::load);
	}

	/**
	 * Caches a product that was just written. This completes even if Redis is
	 * unavailable: the invalidation is repeated later.
	 */
	public Mono<ProductView> put(Stored<Product> product) {
		ProductView view = ProductView.of(product);
		return this.cache.put(product.id(), product.version(), view).thenReturn(view);
	}

	/** Caches that a product was delisted. */
	public Mono<Void> remove(String id) {
		return this.cache.remove(id, DELISTED).then();
	}

	/** Invalidates versions that are older than that of an event. */
	public Mono<Void> invalidate(String id, long version) {
		return this.cache.invalidate(id, version).then();
	}

	private Mono<Versioned<ProductView>> load(String id) {
		return this.products.find(id).map((product) -> new Versioned<>(product.version(), ProductView.of(product)));
	}

}
