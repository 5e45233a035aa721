package dev.agora.product.page.build;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Products;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.render.PageRenderer;
import dev.agora.product.page.store.PageCache;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.store.StoredPage;

/**
 * Builds the pages of products. The version of such a page consists of the version of the
 * product and the revision of the templates, in this order.
 */
public final class ProductPages {

	private static final int REVISION_BITS = 12;

	private final Products products;

	private final PageRenderer renderer;

	private final Pages pages;

	private final PageCache cache;

	private final PageRequests requests;

	public ProductPages(Products products, PageRenderer renderer, Pages pages, PageCache cache, PageRequests requests) {
		this.products = products;
		this.renderer = renderer;
		this.pages = pages;
		this.cache = cache;
		this.requests = requests;
	}

	/** Finds the page of a product; builds it if the product is newer than the pages. */
	public Mono<StoredPage> findOrBuild(String id) {
		return this.pages.find(PagePath.ofProduct(id))
			.switchIfEmpty(Mono.defer(() -> this.products.find(id).map(ProductView::of).flatMap(this::store)));
	}

	/** Renders the page of a product as it is now, and stores nothing. */
	public Mono<PageContent> render(String id) {
		return this.products.find(id).map(ProductView::of).map(this.renderer::product);
	}

	/**
	 * Builds the page of a product that has changed, and requests those of its category
	 * and of the category that it was in before. A product that does not exist is
	 * ignored: the event of its removal follows.
	 */
	public Mono<Void> build(String id) {
		return this.pages.findForEvent(PagePath.ofProduct(id))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((before) -> this.products.findForEvent(id)
				.map(ProductView::of)
				.flatMap((product) -> build(product, before.map(StoredPage::category).orElse(null))))
			.then();
	}

	/**
	 * Builds the page of a product, unless the stored one is the same, and requests the
	 * page of its category if that changes.
	 */
	public Mono<Void> refresh(ProductView product) {
		StoredPage page = render(product);
		String path = PagePath.ofProduct(product.id());
		return this.pages.find(path)
			.filter((before) -> before.isSameAs(page))
			.switchIfEmpty(Mono.defer(() -> this.requests.request(PagePath.ofCategory(product.category()))
				.then(Mono.defer(() -> store(path, page)))))
			.then();
	}

	/** Removes the pages of products that do not exist, whose events were lost. */
	public Mono<Void> removeOrphans() {
		return this.pages.scan(PagePath.PRODUCTS)
			.map((entry) -> PagePath.nameIn(entry.path()))
			.buffer(Batches.SIZE)
			.concatMap((ids) -> this.products.missingOf(ids))
			// Above all versions of the product, since an id is never used again.
			.concatMap((id) -> remove(id, Long.MAX_VALUE >> REVISION_BITS))
			.then();
	}

	/** Removes the page of a product that was removed from the catalogue. */
	public Mono<Void> remove(String id, long version) {
		String path = PagePath.ofProduct(id);
		StoredPage removed = new StoredPage(versionOf(version), PageContent.REMOVED, null);
		return this.pages.find(path)
			.flatMap((before) -> Mono.justOrEmpty(before.category()))
			.flatMap((category) -> this.requests.request(PagePath.ofCategory(category)))
			.then(Mono.defer(() -> this.pages.remove(path, removed.version())))
			.then(Mono.defer(() -> this.cache.put(path, removed)));
	}

	/**
	 * The categories are requested first: if the process dies in between, the event is
	 * applied again and still finds the earlier category on the stored page.
	 */
	private Mono<StoredPage> build(ProductView product, @Nullable String categoryBefore) {
		Mono<Void> earlier = (categoryBefore == null || Objects.equals(categoryBefore, product.category()))
				? Mono.empty() : this.requests.request(PagePath.ofCategory(categoryBefore));
		return this.requests.request(PagePath.ofCategory(product.category()))
			.then(earlier)
			.then(Mono.defer(() -> store(product)));
	}

	private Mono<StoredPage> store(ProductView product) {
		return store(PagePath.ofProduct(product.id()), render(product));
	}

	private StoredPage render(ProductView product) {
		return new StoredPage(versionOf(product.version()), this.renderer.product(product), product.category());
	}

	private Mono<StoredPage> store(String path, StoredPage page) {
		return this.pages.put(path, page)
			.flatMap((stored) -> stored ? this.cache.put(path, page).thenReturn(page) : this.pages.find(path));
	}

	static long versionOf(long productVersion) {
		return productVersion << REVISION_BITS | PageRenderer.REVISION;
	}

}
