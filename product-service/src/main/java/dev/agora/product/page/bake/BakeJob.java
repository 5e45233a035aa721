package dev.agora.product.page.bake;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Products;
import dev.agora.product.page.build.ListPages;
import dev.agora.product.page.build.ProductPages;
import dev.agora.product.page.build.SitemapPages;

/**
 * Builds all pages, and writes them to the target if there is one. It finds what events
 * have missed: pages of other templates, and of products that were removed. A later run
 * resumes after the last product of the earlier one.
 */
public final class BakeJob implements JobHandler {

	/** The kind of the job, and its owner, since no member starts it. */
	public static final String KIND = "bake";

	private static final int CONCURRENCY = 8;

	private final Products products;

	private final ProductPages productPages;

	private final ListPages lists;

	private final SitemapPages sitemap;

	private final PageExport export;

	public BakeJob(Products products, ProductPages productPages, ListPages lists, SitemapPages sitemap,
			PageExport export) {
		this.products = products;
		this.productPages = productPages;
		this.lists = lists;
		this.sitemap = sitemap;
		this.export = export;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Mono<BakeResult> run(JobRun run) {
		BakeCheckpoint start = run.checkpoint(BakeCheckpoint.class).orElse(BakeCheckpoint.START);
		return this.products.count()
			.flatMap((total) -> buildProducts(run, start, total))
			.flatMap((products) -> this.productPages.removeOrphans()
				.then(Mono.defer(this.lists::buildAllCategories))
				.flatMap((categories) -> this.lists.buildTrending()
					.then(Mono.defer(this.sitemap::build))
					.then(Mono.defer(() -> export(run, products, categories)))));
	}

	/** Builds the pages of all products and returns their number. */
	private Mono<Long> buildProducts(JobRun run, BakeCheckpoint start, long total) {
		return this.products.scanAfter(start.product())
			.flatMapSequential((product) -> refresh(product).thenReturn(product.id()), CONCURRENCY)
			.index((index, id) -> new BakeCheckpoint(id, start.done() + index + 1))
			.concatMap((reached) -> run.report(reached.done(), Math.max(total, reached.done()), reached)
				.thenReturn(reached.done()))
			.last(start.done());
	}

	private Mono<Void> refresh(Stored<Product> product) {
		return this.productPages.refresh(ProductView.of(product));
	}

	private Mono<BakeResult> export(JobRun run, long products, long categories) {
		if (!this.export.isEnabled()) {
			return Mono.just(new BakeResult(products, categories, 0, false));
		}
		String release = release(run);
		Mono<Long> written = this.export.write(release)
			.concatMap((files) -> run.report(products, products, null).thenReturn(files))
			.last(0L);
		return this.export.discardUnless(written, release)
			.flatMap((files) -> this.export.publish(release)
				.map((published) -> new BakeResult(products, categories, files, published)));
	}

	/**
	 * Returns the name of the release of a run. A run never writes to the release of an
	 * earlier one, which may be published or list pages of products that were removed
	 * since. The version of the job rises with each run.
	 */
	private static String release(JobRun run) {
		return "%s-%010d".formatted(run.id(), run.job().version());
	}

}
