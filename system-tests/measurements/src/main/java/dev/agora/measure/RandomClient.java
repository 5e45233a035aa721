package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.measure.SharedCatalogue.Product;

/**
 * A member who reads, creates, changes and deletes products at random until the
 * operations of the run are used up.
 */
final class RandomClient implements Callable<Void> {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final List<String> LEVELS = List.of("eventual", "session", "strong");

	/** Few products in use at a time, so that operations on one product overlap. */
	private static final int IN_USE = 20;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String api;

	private final SharedCatalogue catalogue;

	private final SplittableRandom random;

	private final String authorization;

	RandomClient(String gateway, SharedCatalogue catalogue, SplittableRandom random)
			throws IOException, InterruptedException {
		this.api = gateway + "/api/v1";
		this.catalogue = catalogue;
		this.random = random;
		this.authorization = new Visitor(gateway).authorization();
		for (int product = 0; product < 2; product++) {
			create();
		}
	}

	@Override
	public Void call() throws InterruptedException {
		while (this.catalogue.next()) {
			int percent = this.random.nextInt(100);
			if (percent < 70) {
				read(this.catalogue.any(this.random, IN_USE));
			}
			else if (percent < 88) {
				change(this.catalogue.any(this.random, IN_USE));
			}
			else if (percent < 95) {
				create();
			}
			else if (percent < 98) {
				delete(this.catalogue.any(this.random, IN_USE));
			}
			else {
				rename();
			}
		}
		return null;
	}

	private void read(Product product) throws InterruptedException {
		String level = LEVELS.get(this.random.nextInt(LEVELS.size()));
		send("GET " + level, to("/products/" + product.id()).header("Consistency", level));
	}

	private void create() throws InterruptedException {
		HttpRequest.Builder request = to("/products").POST(BodyPublishers.ofString(newBody()))
			.header("Authorization", this.authorization)
			.header("Idempotency-Key", UUID.randomUUID().toString());
		HttpResponse<String> response = send("POST", request);
		if (response != null && response.statusCode() == 201) {
			String id = JsonMapper.shared().readTree(response.body()).path("id").asString();
			this.catalogue.add(new Product(id, this.authorization));
		}
	}

	private void change(Product product) throws InterruptedException {
		HttpResponse<String> read = send("GET before PUT",
				to("/products/" + product.id()).header("Consistency", "eventual"));
		if (read == null || read.statusCode() != 200) {
			return;
		}
		send("PUT",
				to("/products/" + product.id()).PUT(BodyPublishers.ofString(newBody()))
					.header("Authorization", product.authorization())
					.header("If-Match", read.headers().firstValue("ETag").orElseThrow()));
	}

	private void delete(Product product) throws InterruptedException {
		send("DELETE",
				to("/products/" + product.id()).DELETE()
					.header("Authorization", product.authorization())
					.header("If-Match", "*"));
	}

	private void rename() throws InterruptedException {
		HttpResponse<String> me = send("GET me", to("/members/me").header("Authorization", this.authorization));
		if (me == null || me.statusCode() != 200) {
			return;
		}
		send("PATCH me", to("/members/me")
			.method("PATCH", BodyPublishers.ofString("{\"name\": \"Seller %d\"}".formatted(this.random.nextInt(1000))))
			.header("Authorization", this.authorization)
			.header("If-Match", me.headers().firstValue("ETag").orElse("*")));
	}

	private String newBody() {
		int number = this.random.nextInt(1_000_000);
		return """
				{"title": "Product %d", "category": "staleness", "stock": %d,
				 "price": {"amount": %d, "currency": "EUR"}}""".formatted(number, number % 1000, number % 5000);
	}

	private HttpRequest.Builder to(String path) {
		return HttpRequest.newBuilder(URI.create(this.api + path))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json");
	}

	/** Sends a request, and counts it; null if the connection failed. */
	private @Nullable HttpResponse<String> send(String name, HttpRequest.Builder request) throws InterruptedException {
		try {
			HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			this.catalogue.count(name + " " + response.statusCode());
			return response;
		}
		catch (IOException failed) {
			this.catalogue.count(name + " failed");
			return null;
		}
	}

}
