package dev.agora.product.catalog;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.document.Stored;

/** Products as readers get them, in Redis: {@code product:product:v1:{<id>}}. */
public final class ProductCache {

	private final ObjectCache<ProductView> cache;

	private final Products products;

	public ProductCache(ObjectCaches caches, Products products) {
		this.cache = caches.of("product", "product", 1, ProductView.class);
		this.products = products;
	}

	/** A product by id, perhaps a little old; empty where there is none. */
	public Mono<ProductView> find(String id) {
		return this.cache.get(id, this::load);
	}

	/**
	 * Keeps what was just written. Completes also where Redis is away: what it was not
	 * told is told again later.
	 */
	public Mono<ProductView> put(Stored<Product> product) {
		ProductView view = ProductView.of(product);
		return this.cache.put(product.id(), product.version(), view).thenReturn(view);
	}

	/** Drops what is older than a version of which an event tells. */
	public Mono<Void> invalidate(String id, long version) {
		return this.cache.invalidate(id, version).then();
	}

	private Mono<Versioned<ProductView>> load(String id) {
		return this.products.find(id).map((product) -> new Versioned<>(product.version(), ProductView.of(product)));
	}

}
