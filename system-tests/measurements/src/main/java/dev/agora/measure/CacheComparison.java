package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.measure.SharedCatalogue.Product;

/**
 * Compares the products that the instances serve from the cache with those that they read
 * from MongoDB.
 */
final class CacheComparison {

	/**
	 * Shorter than the lifetime of entries, so that a stale entry does not disappear on
	 * its own.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Collection<RunningSystem.Instance> instances;

	CacheComparison(Collection<RunningSystem.Instance> instances) {
		this.instances = List.copyOf(instances);
	}

	/**
	 * Compares until all products are equal, since events may still be on their way, but
	 * for a limited time.
	 * @return the differences that remain, one line each; a product that an instance does
	 * not return is one of them
	 */
	List<String> awaitEqual(List<Product> products) throws InterruptedException {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		List<String> stale = differences(products);
		while (!stale.isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(500);
			stale = differences(products);
		}
		return stale;
	}

	private List<String> differences(List<Product> products) throws InterruptedException {
		List<String> differences = new ArrayList<>();
		for (RunningSystem.Instance instance : this.instances) {
			for (Product product : products) {
				URI address = URI.create(instance.url() + "/products/" + product.id());
				Copy cached = read(address, "eventual");
				Copy stored = read(address, "strong");
				if (!cached.isComparable() || !cached.equals(stored)) {
					differences.add(address + ": cached " + cached + ", in MongoDB " + stored);
				}
			}
		}
		return differences;
	}

	private Copy read(URI address, String level) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(address).header("Consistency", level).build();
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return Copy.of(response.statusCode(), response.body());
		}
		catch (IOException failed) {
			return new Copy(0, failed.toString());
		}
	}

	/**
	 * A product as an instance returns it.
	 *
	 * @param status the status, or 0 if the connection failed
	 * @param product the product without its views, which are approximate and change
	 * without a new version
	 */
	record Copy(int status, String product) {

		static Copy of(int status, String body) {
			if (status != 200) {
				return new Copy(status, "");
			}
			ObjectNode product = (ObjectNode) JsonMapper.shared().readTree(body);
			product.remove("views");
			return new Copy(status, product.toString());
		}

		/** Whether the instance has told if there is such a product. */
		boolean isComparable() {
			return this.status == 200 || this.status == 404;
		}

	}

}
