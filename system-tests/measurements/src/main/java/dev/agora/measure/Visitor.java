package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A member who is registered for one measurement. */
final class Visitor {

	private static final int ATTEMPTS = 10;

	/** Rate limited, unavailable, timed out: a busy machine, not a fault. */
	private static final Set<Integer> PASSING = Set.of(429, 503, 504);

	private static final Set<String> RUNNING = Set.of("QUEUED", "RUNNING");

	private static final long POLL_MILLIS = 200;

	/** The fields of a product that its seller sends. */
	private static final Set<String> NEW_PRODUCT = Set.of("title", "description", "category", "price", "stock", "tags",
			"attributes", "imageUrl");

	private final HttpClient http = HttpClient.newHttpClient();

	private final String gateway;

	private final String handle;

	private final String token;

	/** Registers a member and logs them in. */
	Visitor(String gateway) throws IOException, InterruptedException {
		this.gateway = gateway;
		this.handle = "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
		String secret = UUID.randomUUID().toString();
		post("members", "{\"handle\":\"%s\",\"name\":\"Measure\",\"password\":\"%s\"}".formatted(this.handle, secret),
				"");
		this.token = logIn(secret);
	}

	/** Logs in as a member who exists. */
	Visitor(String gateway, String handle, String password) throws IOException, InterruptedException {
		this.gateway = gateway;
		this.handle = handle;
		this.token = logIn(password);
	}

	private String logIn(String secret) throws IOException, InterruptedException {
		return post("sessions", "{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(this.handle, secret), "")
			.path("token")
			.asString();
	}

	String authorization() {
		return "Bearer " + this.token;
	}

	/** Creates products and returns their paths at the service. */
	List<String> newProducts(int count) throws IOException, InterruptedException {
		List<String> paths = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			paths.add(newProduct().substring("/api/v1".length()));
		}
		return paths;
	}

	/** Creates a product and returns its path. */
	String newProduct() throws IOException, InterruptedException {
		String product = "{\"title\":\"Measured\",\"category\":\"measure\",\"price\":"
				+ "{\"amount\":1.00,\"currency\":\"EUR\"},\"stock\":1}";
		return "/api/v1/products/" + post("products", product, "Bearer " + this.token).path("id").asString();
	}

	/** Writes a post and returns its id. */
	String newPost() throws IOException, InterruptedException {
		return post("posts", "{\"text\":\"Measured\"}", "Bearer " + this.token).path("id").asString();
	}

	String handle() {
		return this.handle;
	}

	/** Gives a product of the member another title. */
	void rename(String id, String title) throws IOException, InterruptedException {
		ObjectNode product = (ObjectNode) get("products/" + id);
		product.retain(NEW_PRODUCT);
		product.put("title", title);
		send(request("products/" + id, "Bearer " + this.token).header("Content-Type", "application/json")
			.header("If-Match", "*")
			.PUT(HttpRequest.BodyPublishers.ofString(product.toString())), 200);
	}

	/** Imports a CSV file of products, and waits until the job has ended. */
	JsonNode importProducts(byte[] file) throws IOException, InterruptedException {
		JsonNode job = awaitJob("products", upload(file));
		if (!job.path("state").asString().equals("SUCCEEDED") || job.at("/result/failed").asInt() > 0) {
			throw new Problem("The import has ended as " + job);
		}
		return job;
	}

	/** Waits until a job has ended, and returns it. */
	JsonNode awaitJob(String service, JsonNode job) throws IOException, InterruptedException {
		JsonNode current = job;
		while (RUNNING.contains(current.path("state").asString())) {
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
			current = get(service + "/jobs/" + job.path("id").asString());
		}
		return current;
	}

	/** Uploads a CSV file of products and returns the job. */
	JsonNode upload(byte[] file) throws IOException, InterruptedException {
		return upload("products/imports", "text/csv", file);
	}

	/** Uploads a file and returns the job. */
	JsonNode upload(String path, String type, byte[] file) throws IOException, InterruptedException {
		return send(request(path, "Bearer " + this.token).header("Content-Type", type)
			.POST(HttpRequest.BodyPublishers.ofByteArray(file)), 202);
	}

	/** Reads an object. */
	JsonNode get(String path) throws IOException, InterruptedException {
		return send(request(path, "Bearer " + this.token), 200);
	}

	private JsonNode post(String path, String body, String authorization) throws IOException, InterruptedException {
		return send(request(path, authorization).header("Content-Type", "application/json")
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.POST(HttpRequest.BodyPublishers.ofString(body)), 201);
	}

	private HttpRequest.Builder request(String path, String authorization) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.gateway + "/api/v1/" + path));
		return authorization.isEmpty() ? request : request.header("Authorization", authorization);
	}

	private JsonNode send(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		for (int attempt = 1; attempt < ATTEMPTS && PASSING.contains(response.statusCode()); attempt++) {
			TimeUnit.SECONDS.sleep(1);
			response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		if (response.statusCode() != status) {
			throw new Problem(response.request().uri() + " got " + response.statusCode() + ": " + response.body());
		}
		return JsonMapper.shared().readTree(response.body());
	}

}
