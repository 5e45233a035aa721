package dev.agora.product.page.store;

import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.representation.Representation;

/** Caches the contents of pages in Redis under {@code product:page:v1:{<path>}}. */
public final class PageCache {

	private final ObjectCache<Representation> cache;

	public PageCache(ObjectCaches caches) {
		this.cache = caches.ofRepresentations("product", "page", 1);
	}

	/**
	 * Finds the content of a page, also of a removed one; empty if there was never one.
	 * @param origin finds the stored page
	 */
	public Mono<PageContent> find(String path, Function<String, Mono<StoredPage>> origin) {
		return this.cache.get(path, (missing) -> origin.apply(missing).map(PageCache::toVersioned))
			.map((cached) -> new PageContent(cached.etag(), cached.body()));
	}

	/** Caches a page that was just stored. It never fails. */
	public Mono<Void> put(String path, StoredPage page) {
		Versioned<Representation> entry = toVersioned(page);
		return this.cache.put(path, entry.version(), entry.value()).then();
	}

	private static Versioned<Representation> toVersioned(StoredPage page) {
		return new Versioned<>(page.version(), new Representation(page.content().etag(), page.content().gzip()));
	}

}
