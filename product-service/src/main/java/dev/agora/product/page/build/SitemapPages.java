package dev.agora.product.page.build;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.Unavailable;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.render.Sitemap;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.PageEntry;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.store.StoredPage;

/**
 * Builds the sitemap from the stored pages: an index of parts, since one file may list
 * 50,000 pages at most.
 */
public final class SitemapPages {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	private final Pages pages;

	private final Sitemap sitemap;

	private final TicketedPages ticketed;

	private final int partSize;

	/**
	 * Creates the builder.
	 * @param partSize the maximum number of pages in a part
	 */
	public SitemapPages(Pages pages, Sitemap sitemap, TicketedPages ticketed, int partSize) {
		this.pages = pages;
		this.sitemap = sitemap;
		this.ticketed = ticketed;
		this.partSize = partSize;
	}

	/**
	 * Finds the index. If there is none, requests it from the schedule: a request has no
	 * time to read all pages.
	 * @throws Unavailable if there is none yet
	 */
	public Mono<StoredPage> findOrRequest() {
		return this.ticketed.find(PagePath.SITEMAP)
			.switchIfEmpty(Mono
				.defer(() -> this.ticketed.requestOnce(PagePath.SITEMAP).then(Mono.error(SitemapPages::notBuilt))));
	}

	private static Unavailable notBuilt() {
		return new Unavailable("The sitemap is being built.", RETRY_AFTER);
	}

	/** Builds all parts and the index if the index is requested. */
	Mono<Void> buildIfRequested() {
		return this.ticketed.isRequested(PagePath.SITEMAP)
			.filter(Boolean::booleanValue)
			.flatMap((requested) -> build())
			.then();
	}

	/** Finds a part. */
	public Mono<StoredPage> findPart(String path) {
		return this.ticketed.find(path);
	}

	/**
	 * Builds all parts, then the index. A part that is no longer needed is removed after
	 * the index no longer lists it. All of them have the ticket of the index.
	 */
	public Mono<StoredPage> build() {
		return this.ticketed.take(PagePath.SITEMAP)
			.flatMap((ticket) -> buildParts(ticket).flatMap((parts) -> this.ticketed
				.store(PagePath.SITEMAP, new StoredPage(ticket, this.sitemap.ofParts(parts), null))
				.flatMap((index) -> removeParts(parts.size() + 1, ticket).thenReturn(index))));
	}

	private Mono<List<PageEntry>> buildParts(long ticket) {
		return Flux
			.concat(this.pages.scan(PagePath.TRENDING), this.pages.scan(PagePath.CATEGORIES),
					this.pages.scan(PagePath.PRODUCTS))
			.buffer(this.partSize)
			.index()
			.concatMap((part) -> buildPart(PagePath.ofSitemapPart(part.getT1().intValue() + 1), part.getT2(), ticket))
			.collectList();
	}

	/** Builds a part; its time in the index is that of its newest page. */
	private Mono<PageEntry> buildPart(String path, List<PageEntry> entries, long ticket) {
		Instant newest = entries.stream()
			.map(PageEntry::changedAt)
			.max(Comparator.naturalOrder())
			.orElse(Instant.EPOCH);
		return this.ticketed.store(path, new StoredPage(ticket, this.sitemap.ofPages(entries), null))
			.map((page) -> new PageEntry(path, page.content().etag(), newest));
	}

	private Mono<Void> removeParts(int from, long ticket) {
		String path = PagePath.ofSitemapPart(from);
		return this.ticketed.find(path)
			.filter((page) -> !page.content().isRemoved())
			.flatMap((page) -> this.ticketed.store(path, new StoredPage(ticket, PageContent.REMOVED, null))
				.then(Mono.defer(() -> removeParts(from + 1, ticket))));
	}

}
