package dev.agora.product.page.build;

import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Products;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.render.PageRenderer;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.StoredPage;
import dev.agora.product.page.trend.TrendingProducts;

/**
 * Builds the pages that list products: those of the categories, and the trending page.
 */
public final class ListPages {

	private static final int CONCURRENCY = 4;

	private final Products products;

	private final TrendingProducts trending;

	private final PageRenderer renderer;

	private final TicketedPages pages;

	private final PageSettings settings;

	public ListPages(Products products, TrendingProducts trending, PageRenderer renderer, TicketedPages pages,
			PageSettings settings) {
		this.products = products;
		this.trending = trending;
		this.renderer = renderer;
		this.pages = pages;
		this.settings = settings;
	}

	/**
	 * Finds the page of a category; builds it if the category has products and no page.
	 */
	public Mono<StoredPage> findOrBuildCategory(String category) {
		return this.pages.find(PagePath.ofCategory(category))
			.switchIfEmpty(Mono.defer(() -> newest(category).hasElements()
				.filter(Boolean::booleanValue)
				.flatMap((some) -> buildCategory(category))));
	}

	/** Renders the page of a category as it is now, and stores nothing. */
	public Mono<PageContent> renderCategory(String category) {
		return toContent(newest(category),
				(products) -> products.isEmpty() ? PageContent.REMOVED : this.renderer.category(category, products));
	}

	/** Finds the trending page, or builds it. */
	public Mono<StoredPage> findOrBuildTrending() {
		return this.pages.find(PagePath.TRENDING).switchIfEmpty(Mono.defer(this::buildTrending));
	}

	/** Builds the page of a category, or removes it if no product is left. */
	public Mono<StoredPage> buildCategory(String category) {
		return this.pages.build(PagePath.ofCategory(category), () -> renderCategory(category));
	}

	/**
	 * Builds the pages of all categories that have a page or are requested, and returns
	 * their number.
	 */
	public Mono<Long> buildAllCategories() {
		return this.pages.categories()
			.distinct()
			.flatMap((category) -> buildCategory(category).thenReturn(category), CONCURRENCY)
			.count();
	}

	/** Builds the trending page. */
	public Mono<StoredPage> buildTrending() {
		return this.pages.build(PagePath.TRENDING,
				() -> this.trending.list(this.settings.trendingSize()).map(this.renderer::trending));
	}

	private Flux<ProductView> newest(String category) {
		return this.products.newestOf(category, this.settings.listSize()).map(ProductView::of);
	}

	private static Mono<PageContent> toContent(Flux<ProductView> products,
			Function<List<ProductView>, PageContent> renderer) {
		return products.collectList().map(renderer);
	}

}
