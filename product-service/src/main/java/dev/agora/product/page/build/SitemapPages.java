package dev.agora.product.page.build;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.product.page.PagePath;
import dev.agora.product.page.render.Sitemap;
import dev.agora.product.page.store.PageEntry;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.store.StoredPage;

/** Builds the sitemap from the stored pages. */
public final class SitemapPages {

	private final Pages pages;

	private final Sitemap sitemap;

	private final TicketedPages ticketed;

	public SitemapPages(Pages pages, Sitemap sitemap, TicketedPages ticketed) {
		this.pages = pages;
		this.sitemap = sitemap;
		this.ticketed = ticketed;
	}

	/** Finds the sitemap, or builds it. */
	public Mono<StoredPage> findOrBuild() {
		return this.ticketed.find(PagePath.SITEMAP).switchIfEmpty(Mono.defer(this::build));
	}

	/** Builds the sitemap. */
	public Mono<StoredPage> build() {
		return this.ticketed.build(PagePath.SITEMAP,
				() -> Flux
					.concat(this.pages.scan(PagePath.TRENDING), this.pages.scan(PagePath.CATEGORIES),
							this.pages.scan(PagePath.PRODUCTS))
					.<List<PageEntry>>collect(ArrayList::new, List::add)
					.map(this.sitemap::ofPages));
	}

}
