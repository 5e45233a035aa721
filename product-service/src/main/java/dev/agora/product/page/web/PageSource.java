package dev.agora.product.page.web;

import java.util.regex.Pattern;

import reactor.core.publisher.Mono;

import dev.agora.platform.id.IdGenerator;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.build.ListPages;
import dev.agora.product.page.build.ProductPages;
import dev.agora.product.page.build.SitemapPages;
import dev.agora.product.page.store.PageCache;
import dev.agora.product.page.store.PageContent;

/**
 * Finds the contents of pages in the cache, then in the store. A page that was never
 * built is built on its first request; the sitemap is requested from the schedule.
 */
public final class PageSource {

	private static final Pattern CATEGORY = Pattern.compile("[a-z0-9-]{1,50}");

	private static final Pattern PART = Pattern.compile("[1-9][0-9]{0,4}\\.xml");

	private final PageCache cache;

	private final ProductPages products;

	private final ListPages lists;

	private final SitemapPages sitemap;

	private final boolean renderPerRequest;

	public PageSource(PageCache cache, ProductPages products, ListPages lists, SitemapPages sitemap,
			PageSettings settings) {
		this.cache = cache;
		this.products = products;
		this.lists = lists;
		this.sitemap = sitemap;
		this.renderPerRequest = settings.renderPerRequest();
	}

	Mono<PageContent> product(String id) {
		if (!IdGenerator.isId(id)) {
			return Mono.empty();
		}
		return this.renderPerRequest ? this.products.render(id)
				: this.cache.find(PagePath.ofProduct(id), (path) -> this.products.findOrBuild(id));
	}

	Mono<PageContent> category(String category) {
		if (!CATEGORY.matcher(category).matches()) {
			return Mono.empty();
		}
		return this.renderPerRequest ? this.lists.renderCategory(category)
				: this.cache.find(PagePath.ofCategory(category), (path) -> this.lists.findOrBuildCategory(category));
	}

	Mono<PageContent> trending() {
		return this.cache.find(PagePath.TRENDING, (path) -> this.lists.findOrBuildTrending());
	}

	Mono<PageContent> sitemapPart(String name) {
		return !PART.matcher(name).matches() ? Mono.empty() : this.cache
			.find(PagePath.ofSitemapPart(Integer.parseInt(name.replace(".xml", ""))), this.sitemap::findPart);
	}

	Mono<PageContent> sitemap() {
		return this.cache.find(PagePath.SITEMAP, (path) -> this.sitemap.findOrRequest());
	}

}
