package dev.agora.launcher.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.databind.JsonNode;

/** Loads members, products, follows and posts, each once however often it is asked to. */
final class DataLoader {

	/** Of every member loaded, since a later run has to log in as them. */
	static final String PASSWORD = "agora-demo-password";

	private final ApiClient api;

	private final LoadCheckpoint done;

	private final int concurrency;

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	DataLoader(ApiClient api, LoadCheckpoint done, int concurrency) {
		this.api = api;
		this.done = done;
		this.concurrency = concurrency;
	}

	/**
	 * Registers members and logs them in, as far as there is something left to do for
	 * them.
	 */
	int members(Map<String, String> names, Set<String> acting) throws InterruptedException {
		Set<String> needed = new LinkedHashSet<>(names.keySet());
		needed.removeIf((handle) -> this.done.has("member " + handle) && !acting.contains(handle));
		return stage("members").run(needed, (handle) -> member(handle, names.getOrDefault(handle, handle)));
	}

	private CompletableFuture<?> member(String handle, String name) {
		CompletableFuture<?> registered = this.done.has("member " + handle) ? CompletableFuture.completedFuture(null)
				: this.api
					.call(ApiRequest.post("/members", Map.of("handle", handle, "name", name, "password", PASSWORD))
						.once("load-" + handle)
						.or(409));
		return registered
			.thenCompose((answer) -> this.api
				.call(ApiRequest.post("/sessions", Map.of("handle", handle, "password", PASSWORD, "device", "load"))))
			.thenAccept((session) -> loggedIn(handle, session));
	}

	private void loggedIn(String handle, JsonNode session) {
		this.tokens.put(handle, session.path("token").asString());
		this.done.put("member " + handle, session.path("member").path("id").asString());
	}

	/** Lists products for their sellers. */
	int products(Collection<Map.Entry<String, NewProduct>> products) throws InterruptedException {
		List<Map.Entry<String, NewProduct>> left = products.stream().filter((it) -> !isListed(it)).toList();
		return stage("products").run(left,
				(product) -> create("/products", product.getKey(), product.getValue().key(), product.getValue()));
	}

	private boolean isListed(Map.Entry<String, NewProduct> product) {
		return this.done.has(createdKey("/products", product.getKey(), product.getValue().key()));
	}

	/** Publishes posts by their authors. */
	int posts(List<Map.Entry<String, String>> posts) throws InterruptedException {
		List<Integer> left = new ArrayList<>();
		for (int i = 0; i < posts.size(); i++) {
			if (!this.done.has(createdKey("/posts", posts.get(i).getKey(), "demo-post-" + i))) {
				left.add(i);
			}
		}
		return stage("posts").run(left, (i) -> create("/posts", posts.get(i).getKey(), "demo-post-" + i,
				Map.of("text", posts.get(i).getValue())));
	}

	private static String createdKey(String path, String handle, String key) {
		return path.substring(1) + " " + handle + " " + key;
	}

	private CompletableFuture<?> create(String path, String handle, String key, Object body) {
		return this.api.call(ApiRequest.post(path, body).as(token(handle)).once(key))
			.thenAccept((created) -> this.done.put(createdKey(path, handle, key), created.path("id").asString("")));
	}

	/** Lets members follow each other. */
	int follows(Collection<Follow> follows) throws InterruptedException {
		List<Follow> left = follows.stream().filter((follow) -> !this.done.has(follow.key())).toList();
		return stage("follows").run(left, this::follow);
	}

	private CompletableFuture<?> follow(Follow follow) {
		String followee = this.done.get("member " + follow.followee());
		return this.api.call(ApiRequest.put("/graph/following/" + followee).as(token(follow.follower())).untilFound())
			.thenRun(() -> this.done.put(follow.key(), "1"));
	}

	/** Those who still have something to do, and so must log in. */
	Set<String> acting(Collection<Follow> follows, Collection<Map.Entry<String, NewProduct>> products) {
		Set<String> acting = new LinkedHashSet<>();
		follows.stream().filter((it) -> !this.done.has(it.key())).map(Follow::follower).forEach(acting::add);
		products.stream().filter((it) -> !isListed(it)).map(Map.Entry::getKey).forEach(acting::add);
		return acting;
	}

	private String token(String handle) {
		return Objects.requireNonNull(this.tokens.get(handle), () -> handle + " has not logged in");
	}

	private LoadStage stage(String name) {
		return new LoadStage(name, this.concurrency);
	}

}
