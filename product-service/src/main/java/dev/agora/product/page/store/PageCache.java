package dev.agora.product.page.store;

import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;

/** Caches the contents of pages in Redis under {@code product:page:v1:{<path>}}. */
public final class PageCache {

	private final ObjectCache<PageContent> cache;

	public PageCache(ObjectCaches caches) {
		this.cache = caches.of("product", "page", 1, PageContent.class);
	}

	/**
	 * Finds the content of a page, also of a removed one; empty if there was never one.
	 * @param origin finds the stored page
	 */
	public Mono<PageContent> find(String path, Function<String, Mono<StoredPage>> origin) {
		return this.cache.get(path,
				(missing) -> origin.apply(missing).map((page) -> new Versioned<>(page.version(), page.content())));
	}

	/** Caches a page that was just stored. It never fails. */
	public Mono<Void> put(String path, StoredPage page) {
		return this.cache.put(path, page.version(), page.content()).then();
	}

}
