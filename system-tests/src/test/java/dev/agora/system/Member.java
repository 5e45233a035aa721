package dev.agora.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A member with a session. */
final class Member {

	private static final AtomicInteger count = new AtomicInteger();

	private static final String PASSWORD = "a long enough password";

	private final Gateway gateway;

	private final String id;

	private final String handle;

	private final String token;

	private Member(Gateway gateway, String id, String handle, String token) {
		this.gateway = gateway;
		this.id = id;
		this.handle = handle;
		this.token = token;
	}

	/** Registers a member with a unique handle and logs them in. */
	static Member register(Gateway gateway, String name) {
		String handle = name.toLowerCase(java.util.Locale.ROOT) + "_" + Long.toString(System.nanoTime(), 36)
				+ count.incrementAndGet();
		String id = gateway
			.sendUntilAnswered("POST", "/api/v1/members", Map.of("handle", handle, "name", name, "password", PASSWORD),
					"Idempotency-Key", handle)
			.expect(201)
			.text("id");
		String token = gateway
			.sendUntilAnswered("POST", "/api/v1/sessions", Map.of("handle", handle, "password", PASSWORD))
			.expect(201)
			.text("token");
		return new Member(gateway, id, handle, token);
	}

	/** Logs the member in again and returns them with the second session. */
	Member logIn() {
		String other = this.gateway
			.sendUntilAnswered("POST", "/api/v1/sessions", Map.of("handle", this.handle, "password", PASSWORD))
			.expect(201)
			.text("token");
		return new Member(this.gateway, this.id, this.handle, other);
	}

	String id() {
		return this.id;
	}

	String handle() {
		return this.handle;
	}

	/** Opens the member's live stream. */
	LiveClient stream() {
		return new LiveClient(this.gateway.address(), this.token);
	}

	Response follow(Member other) {
		return this.gateway.sendUntilAnswered("PUT", "/api/v1/graph/following/" + other.id, null, authorization())
			.expect(204);
	}

	Response unfollow(Member other) {
		return this.gateway.sendUntilAnswered("DELETE", "/api/v1/graph/following/" + other.id, null, authorization())
			.expect(204);
	}

	/** Posts, repeats that until it is acknowledged, and returns the id. */
	String post(String text) {
		return this.gateway
			.sendUntilAnswered("POST", "/api/v1/posts", Map.of("text", text),
					headers("Idempotency-Key", UUID.randomUUID().toString()))
			.expect(201)
			.text("id");
	}

	Response postAbout(String productId, String text) {
		return this.gateway.post("/api/v1/posts", Map.of("text", text, "productId", productId), authorization());
	}

	Response createProduct(String title, String amount) {
		return this.gateway.send("POST", "/api/v1/products", """
				{"title": "%s", "category": "books", "price": {"amount": %s, "currency": "EUR"}, "stock": 3}
				""".formatted(title, amount), authorization());
	}

	Response get(String path, String... headers) {
		return this.gateway.get(path, headers(headers));
	}

	Response send(String method, String path, @Nullable String body, String... headers) {
		return this.gateway.send(method, path, body, headers(headers));
	}

	/** Lists the ids of the home feed, all pages, without friendships. */
	List<String> feed() {
		return activities("/api/v1/feed");
	}

	/**
	 * Lists the ids of a list of activities, all pages. Friendships are left out, since
	 * no request returns their ids.
	 */
	List<String> activities(String path) {
		return allItems(path).stream()
			.filter((item) -> !item.path("verb").asString().equals("befriended"))
			.map((item) -> item.path("id").asString())
			.toList();
	}

	/** Lists one field of all items of a list, all pages. */
	List<String> allPages(String path, String field) {
		return allItems(path).stream().map((item) -> item.path(field).asString()).toList();
	}

	private List<JsonNode> allItems(String path) {
		List<JsonNode> items = new ArrayList<>();
		String first = path + (path.contains("?") ? "&" : "?") + "limit=100";
		String cursor = "";
		do {
			Response page = this.gateway.sendUntilAnswered("GET", first + cursor, null, authorization()).expect(200);
			page.body().path("items").forEach(items::add);
			JsonNode next = page.body().path("next");
			cursor = next.isString() ? "&cursor=" + next.asString() : "";
		}
		while (!cursor.isEmpty());
		return items;
	}

	String[] authorization() {
		return headers();
	}

	/** Returns the headers of a request by this member: names and values, alternating. */
	String[] headers(String... more) {
		List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + this.token));
		headers.addAll(List.of(more));
		return headers.toArray(String[]::new);
	}

}
