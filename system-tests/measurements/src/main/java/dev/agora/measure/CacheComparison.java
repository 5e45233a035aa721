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
	 * @return the differences that remain, one line each
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
				String cached = read(address, "eventual");
				String stored = read(address, "strong");
				if (!cached.equals(stored)) {
					differences.add(address + ": cached " + cached + ", in MongoDB " + stored);
				}
			}
		}
		return differences;
	}

	private String read(URI address, String level) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(address).header("Consistency", level).build();
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			String body = (response.statusCode() == 200) ? response.body() : "";
			return response.statusCode() + " " + response.headers().firstValue("ETag").orElse("") + " " + body;
		}
		catch (IOException failed) {
			return failed.toString();
		}
	}

}
