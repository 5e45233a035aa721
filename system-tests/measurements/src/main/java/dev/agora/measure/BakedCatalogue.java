package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The products of a category of its own, whose pages are measured. */
final class BakedCatalogue {

	/** As many as the page of a category shows. */
	private static final int PRODUCTS = 60;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String PAGES = "/pages";

	private static final int SENTENCES = 8;

	private final ImportedProducts imported;

	/** Imports the products. */
	BakedCatalogue(RunningSystem system) throws IOException, InterruptedException {
		this.imported = new ImportedProducts(system, PRODUCTS, SENTENCES);
	}

	/** Returns the paths of the pages of the products. */
	List<String> products() {
		return this.imported.ids().stream().map(BakedCatalogue::path).toList();
	}

	/** Returns the path of the page of the category. */
	String category() {
		return PAGES + "/categories/" + this.imported.category();
	}

	private static String path(String id) {
		return PAGES + "/products/" + id;
	}

	/** Waits until two instances serve the same pages, so that they can be compared. */
	void awaitPages(RunningSystem.Instance one, RunningSystem.Instance other) throws InterruptedException {
		PageClient pages = new PageClient();
		for (String path : List.of(category(), path(this.imported.ids().get(0)))) {
			long deadline = System.nanoTime() + LIMIT.toNanos();
			while (!pages.read(one, path).equals(pages.read(other, path)) || pages.read(one, path).isEmpty()) {
				if (System.nanoTime() > deadline) {
					throw new Problem("The instances serve different pages at " + path + ".");
				}
				TimeUnit.MILLISECONDS.sleep(200);
			}
		}
	}

	/** Changes products, and measures how long an instance serves earlier pages. */
	List<Staleness> measureStaleness(RunningSystem.Instance instance, int changes)
			throws IOException, InterruptedException {
		PageClient pages = new PageClient();
		List<Staleness> measured = new ArrayList<>();
		for (int change = 0; change < changes; change++) {
			String title = "Changed %d %s".formatted(change, Long.toString(System.nanoTime(), 36));
			String id = this.imported.ids().get(change);
			this.imported.seller().rename(id, title);
			long start = System.nanoTime();
			double product = pages.awaitText(instance, path(id), title, start);
			measured.add(new Staleness(product, pages.awaitText(instance, category(), title, start)));
		}
		return measured;
	}

	/**
	 * The times from the response to a change until pages show it, in seconds.
	 *
	 * @param product of the page of the product
	 * @param category of the page of its category
	 */
	record Staleness(double product, double category) {
	}

}
