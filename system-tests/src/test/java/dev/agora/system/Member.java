package dev.agora.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A member who is logged in, and what members do. */
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

	/** Registers somebody with a handle of their own and logs them in. */
	static Member joins(Gateway gateway, String name) {
		String handle = name.toLowerCase(java.util.Locale.ROOT) + "_" + Long.toString(System.nanoTime(), 36)
				+ count.incrementAndGet();
		String id = gateway
			.insist("POST", "/api/v1/members", Map.of("handle", handle, "name", name, "password", PASSWORD),
					"Idempotency-Key", handle)
			.expect(201)
			.text("id");
		String token = gateway.insist("POST", "/api/v1/sessions", Map.of("handle", handle, "password", PASSWORD))
			.expect(201)
			.text("token");
		return new Member(gateway, id, handle, token);
	}

	/** The same member, logged in once more. */
	Member logsInAgain() {
		String another = this.gateway
			.insist("POST", "/api/v1/sessions", Map.of("handle", this.handle, "password", PASSWORD))
			.expect(201)
			.text("token");
		return new Member(this.gateway, this.id, this.handle, another);
	}

	String id() {
		return this.id;
	}

	String handle() {
		return this.handle;
	}

	Answer follows(Member other) {
		return this.gateway.insist("PUT", "/api/v1/graph/following/" + other.id, null, authorization()).expect(204);
	}

	Answer unfollows(Member other) {
		return this.gateway.insist("DELETE", "/api/v1/graph/following/" + other.id, null, authorization()).expect(204);
	}

	/** Posts, and insists until it is acknowledged; gives the id. */
	String posts(String text) {
		return this.gateway
			.insist("POST", "/api/v1/posts", Map.of("text", text),
					headers("Idempotency-Key", UUID.randomUUID().toString()))
			.expect(201)
			.text("id");
	}

	Answer postsAbout(String productId, String text) {
		return this.gateway.post("/api/v1/posts", Map.of("text", text, "productId", productId), authorization());
	}

	Answer lists(String title, String amount) {
		return this.gateway.send("POST", "/api/v1/products", """
				{"title": "%s", "category": "books", "price": {"amount": %s, "currency": "EUR"}, "stock": 3}
				""".formatted(title, amount), authorization());
	}

	Answer gets(String path, String... headers) {
		return this.gateway.get(path, headers(headers));
	}

	Answer sends(String method, String path, @Nullable String body, String... headers) {
		return this.gateway.send(method, path, body, headers(headers));
	}

	/** The ids of the home feed, all pages. */
	List<String> feed() {
		return allPages("/api/v1/feed", "id");
	}

	/** A field of all items of a list, page after page. */
	List<String> allPages(String path, String field) {
		List<String> values = new ArrayList<>();
		String cursor = "";
		do {
			Answer page = this.gateway.insist("GET", path + "?limit=100" + cursor, null, authorization()).expect(200);
			page.body().path("items").valueStream().map((item) -> item.path(field).asString()).forEach(values::add);
			JsonNode next = page.body().path("next");
			cursor = next.isString() ? "&cursor=" + next.asString() : "";
		}
		while (!cursor.isEmpty());
		return values;
	}

	String[] authorization() {
		return headers();
	}

	/** The headers of a request by this member: names and values in turn. */
	String[] headers(String... more) {
		List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + this.token));
		headers.addAll(List.of(more));
		return headers.toArray(String[]::new);
	}

}
