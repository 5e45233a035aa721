package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A member who posts, follows, blocks and reads their home feed. */
final class FeedMember {

	private static final int MAX_ATTEMPTS = 50;

	private static final String BODY = "{\"text\": \"A post of a random member\"}";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private String api;

	private final String authorization;

	private final String id;

	private final String handle;

	/** Registers a member and logs them in. */
	FeedMember(String gateway) throws IOException, InterruptedException {
		Visitor visitor = new Visitor(gateway);
		this.api = gateway + "/api/v1";
		this.authorization = visitor.authorization();
		this.handle = visitor.handle();
		this.id = visitor.get("members/me").path("id").asString();
	}

	/** Sends the next requests to another gateway. */
	void use(String gateway) {
		this.api = gateway + "/api/v1";
	}

	String id() {
		return this.id;
	}

	String handle() {
		return this.handle;
	}

	/** Returns the newest activity of the home feed; empty if there is none. */
	String newest() throws InterruptedException {
		HttpResponse<String> response = send("GET", "/feed?limit=1", "");
		return (response != null && response.statusCode() == 200)
				? JsonMapper.shared().readTree(response.body()).at("/items/0/id").asString("") : "";
	}

	/** Posts, and returns the id of the post; null if the request failed. */
	@Nullable String post() throws InterruptedException {
		HttpResponse<String> response = send("POST", "/posts", BODY);
		return (response != null && response.statusCode() == 201)
				? JsonMapper.shared().readTree(response.body()).path("id").asString() : null;
	}

	/**
	 * Posts, and repeats a request that failed, with the same key, so that there is one
	 * post: the first requests meet processes that have just started.
	 * @return the id of the post
	 * @throws Problem if all attempts have failed
	 */
	String requirePost() throws InterruptedException {
		String key = UUID.randomUUID().toString();
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			HttpResponse<String> response = send("POST", "/posts", BODY, "Idempotency-Key", key);
			if (response != null && response.statusCode() == 201) {
				return JsonMapper.shared().readTree(response.body()).path("id").asString();
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
		throw new Problem("A post has failed " + MAX_ATTEMPTS + " times.");
	}

	/** Follows a member, who may be unknown to graph-service for a moment. */
	void follow(FeedMember other) throws InterruptedException {
		for (int attempt = 0; send("PUT", "/graph/following/" + other.id()) != 204; attempt++) {
			if (attempt == MAX_ATTEMPTS) {
				throw new Problem("A member could not follow another.");
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	/** Sends a request without a body; returns its status, 0 if the connection failed. */
	int send(String method, String path) throws InterruptedException {
		HttpResponse<String> response = send(method, path, "");
		return (response != null) ? response.statusCode() : 0;
	}

	/**
	 * Reads the whole home feed, and repeats a request that failed.
	 * @param consistency {@code strong} reads the store alone
	 */
	List<String> feed(String consistency) throws InterruptedException {
		List<String> ids = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = page(consistency, cursor);
			page.path("items").forEach((item) -> ids.add(item.path("id").asString()));
			cursor = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : "";
		}
		while (!cursor.isEmpty());
		return ids;
	}

	private JsonNode page(String consistency, String cursor) throws InterruptedException {
		for (int attempt = 0; attempt < 60; attempt++) {
			HttpResponse<String> response = send("GET", "/feed?limit=100" + cursor, "", "Consistency", consistency);
			if (response != null && response.statusCode() == 200) {
				return JsonMapper.shared().readTree(response.body());
			}
			TimeUnit.MILLISECONDS.sleep(500);
		}
		throw new Problem("The feed of " + this.id + " could not be read.");
	}

	private @Nullable HttpResponse<String> send(String method, String path, String body, String... headers)
			throws InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.api + path))
			.timeout(TIMEOUT)
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.header("Authorization", this.authorization)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", UUID.randomUUID().toString());
		for (int header = 0; header < headers.length; header += 2) {
			request.setHeader(headers[header], headers[header + 1]);
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException failed) {
			return null;
		}
	}

}
