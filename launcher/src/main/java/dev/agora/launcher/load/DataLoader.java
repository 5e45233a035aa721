package dev.agora.launcher.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.api.ApiRequest;
import dev.agora.launcher.load.imports.FileImport;
import dev.agora.launcher.load.imports.ImportJob;
import dev.agora.launcher.load.imports.ImportKind;
import dev.agora.launcher.load.imports.Refusals;

/**
 * Loads members, products, follows and posts. Each item is stored once, in any number of
 * runs.
 */
final class DataLoader {

	/** The password of every loaded member, since a later run has to log in as them. */
	static final String PASSWORD = "agora-demo-password";

	private final ApiClient api;

	private final LoadCheckpoint checkpoint;

	private final int concurrency;

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	DataLoader(ApiClient api, LoadCheckpoint checkpoint, int concurrency) {
		this.api = api;
		this.checkpoint = checkpoint;
		this.concurrency = concurrency;
	}

	/**
	 * Imports the members that are not registered yet.
	 * @param names the names of the members by handle
	 * @return the number of members that were refused
	 */
	int importMembers(OperatorImports imports, Map<String, String> names) throws InterruptedException {
		Map<String, String> missing = new LinkedHashMap<>(names);
		missing.keySet().removeIf((handle) -> this.checkpoint.has("member " + handle));
		Refusals<Map.Entry<String, String>> refused = imports.importMembers(missing);
		refused.items().forEach((member) -> missing.remove(member.getKey()));
		missing.keySet().forEach((handle) -> this.checkpoint.put("member " + handle, "imported"));
		return refused.report();
	}

	/** Imports the follows that do not exist yet; returns how many were refused. */
	int importFollows(OperatorImports imports, Collection<Follow> follows) throws InterruptedException {
		Set<Follow> missing = new LinkedHashSet<>(follows);
		missing.removeIf((follow) -> this.checkpoint.has(follow.key()));
		Refusals<Follow> refused = imports.importFollows(List.copyOf(missing));
		refused.items().forEach(missing::remove);
		missing.forEach((follow) -> this.checkpoint.put(follow.key(), "1"));
		return refused.report();
	}

	/**
	 * Registers the members that are not registered yet, and logs in.
	 * @param names the names of the members by handle
	 * @param acting the handles of the members that send further calls
	 * @return the number of members that were refused
	 */
	int loadMembers(Map<String, String> names, Set<String> acting) throws InterruptedException {
		Set<String> needed = new LinkedHashSet<>(names.keySet());
		needed.removeIf((handle) -> this.checkpoint.has("member " + handle) && !acting.contains(handle));
		return stage("members").run(needed, (handle) -> registerAndLogIn(handle, names.getOrDefault(handle, handle)));
	}

	private CompletableFuture<?> registerAndLogIn(String handle, String name) {
		CompletableFuture<?> registered = this.checkpoint.has("member " + handle)
				? CompletableFuture.completedFuture(null)
				: this.api
					.call(ApiRequest.post("/members", Map.of("handle", handle, "name", name, "password", PASSWORD))
						.withKey("load-" + handle)
						.accepting(409));
		return registered
			.thenCompose((response) -> this.api
				.call(ApiRequest.post("/sessions", Map.of("handle", handle, "password", PASSWORD, "device", "load"))))
			.thenAccept((session) -> keepToken(handle, session));
	}

	private void keepToken(String handle, JsonNode session) {
		this.tokens.put(handle, session.path("token").asString());
		this.checkpoint.put("member " + handle, session.path("member").path("id").asString());
	}

	/** Lists products for their sellers; returns how many were refused. */
	int loadProducts(Collection<Map.Entry<String, NewProduct>> products) throws InterruptedException {
		List<Map.Entry<String, NewProduct>> remaining = products.stream().filter((it) -> !isListed(it)).toList();
		return stage("products").run(remaining,
				(product) -> create("/products", product.getKey(), product.getValue().key(), product.getValue()));
	}

	/** Imports the products of one seller; returns how many were refused. */
	int importProducts(String handle, List<NewProduct> products) throws InterruptedException {
		if (products.isEmpty()) {
			return 0;
		}
		ImportJob jobs = new ImportJob(this.api, token(handle), ImportKind.PRODUCTS, ImportJob.MAX_WAIT);
		return new FileImport<>(jobs, DataLoader::toLine).run(products).report();
	}

	private static String toLine(NewProduct product) {
		ObjectNode line = JsonMapper.shared().valueToTree(product);
		return JsonMapper.shared().writeValueAsString(line.put("key", product.key()));
	}

	private boolean isListed(Map.Entry<String, NewProduct> product) {
		return this.checkpoint.has(createdKey("/products", product.getKey(), product.getValue().key()));
	}

	/** Publishes posts of their authors; returns how many were refused. */
	int loadPosts(List<Map.Entry<String, String>> posts) throws InterruptedException {
		List<Integer> remaining = new ArrayList<>();
		for (int i = 0; i < posts.size(); i++) {
			if (!this.checkpoint.has(createdKey("/posts", posts.get(i).getKey(), "demo-post-" + i))) {
				remaining.add(i);
			}
		}
		return stage("posts").run(remaining, (i) -> create("/posts", posts.get(i).getKey(), "demo-post-" + i,
				Map.of("text", posts.get(i).getValue())));
	}

	private static String createdKey(String path, String handle, String key) {
		return path.substring(1) + " " + handle + " " + key;
	}

	private CompletableFuture<?> create(String path, String handle, String key, Object body) {
		return this.api.call(ApiRequest.post(path, body).withToken(token(handle)).withKey(key))
			.thenAccept(
					(created) -> this.checkpoint.put(createdKey(path, handle, key), created.path("id").asString("")));
	}

	/** Lets members follow each other; returns how many were refused. */
	int loadFollows(Collection<Follow> follows) throws InterruptedException {
		List<Follow> remaining = follows.stream().filter((follow) -> !this.checkpoint.has(follow.key())).toList();
		return stage("follows").run(remaining, this::follow);
	}

	private CompletableFuture<?> follow(Follow follow) {
		String followee = this.checkpoint.get("member " + follow.followee());
		return this.api
			.call(ApiRequest.put("/graph/following/" + followee).withToken(token(follow.follower())).retryingNotFound())
			.thenRun(() -> this.checkpoint.put(follow.key(), "1"));
	}

	/** Finds the members that still have to follow others, and therefore to log in. */
	Set<String> findFollowers(Collection<Follow> follows) {
		return follows.stream()
			.filter((it) -> !this.checkpoint.has(it.key()))
			.map(Follow::follower)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private String token(String handle) {
		return Objects.requireNonNull(this.tokens.get(handle), () -> handle + " is not logged in");
	}

	private LoadStage stage(String name) {
		return new LoadStage(name, this.concurrency);
	}

}
