package dev.agora.product.catalog;

import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.document.Stored;
import dev.agora.platform.representation.Representation;

/**
 * Caches products as responses show them, in Redis under
 * {@code product:product:v2:{<id>}}.
 */
public final class ProductCache {

	/** The version of a tombstone, above all others since an id is never used again. */
	private static final long DELISTED = Long.MAX_VALUE;

	private final ObjectCache<Representation> cache;

	private final Products products;

	private final ObjectWriter writer;

	public ProductCache(ObjectCaches caches, Products products, JsonMapper json) {
		this.cache = caches.ofRepresentations("product", "product", 2);
		this.products = products;
		this.writer = json.writerFor(ProductView.class);
	}

	/** Finds a product, which may be slightly stale; empty if it does not exist. */
	public Mono<Representation> find(String id) {
		return this.cache.get(id, this::load);
	}

	/** Reads a product from the system of record; empty if it does not exist. */
	public Mono<Representation> findUncached(String id) {
		return load(id).map(Versioned::value);
	}

	/**
	 * Caches a product that was just written. This completes even if Redis is
	 * unavailable: the invalidation is repeated later.
	 */
	public Mono<Representation> put(Stored<Product> product) {
		Representation representation = represent(product);
		return this.cache.put(product.id(), product.version(), representation).thenReturn(representation);
	}

	/** Caches that a product was delisted. */
	public Mono<Void> remove(String id) {
		return this.cache.remove(id, DELISTED).then();
	}

	/**
	 * Invalidates versions that are older than that of an event. If Redis is unavailable,
	 * this fails, so that the event is delivered again.
	 */
	public Mono<Void> invalidate(String id, long version) {
		return this.cache.invalidate(id, version).then();
	}

	private Mono<Versioned<Representation>> load(String id) {
		return this.products.find(id).map((product) -> new Versioned<>(product.version(), represent(product)));
	}

	private Representation represent(Stored<Product> product) {
		ProductView view = ProductView.of(product);
		return Representation.of(view.edition(), this.writer.writeValueAsBytes(view),
				this.writer.writeValueAsBytes(view.withoutViews()));
	}

}
