package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import tools.jackson.databind.JsonNode;

import dev.agora.measure.history.History;
import dev.agora.measure.history.Write;

/** The members, products, posts and history that the clients of one run share. */
final class HistoryWorld {

	private static final int PRODUCTS = 4;

	final History history = new History();

	/** The token that a client has handed on last. */
	volatile SeenToken handed = SeenToken.NONE;

	/** The version of a seller that has a name. */
	final Map<String, Long> names = new ConcurrentHashMap<>();

	private final AtomicLong values = new AtomicLong();

	private final List<Seller> sellers = new ArrayList<>();

	private final String gateway;

	private final ApiClient api;

	HistoryWorld(String gateway, int sellers) throws IOException, InterruptedException {
		this.gateway = gateway;
		this.api = new ApiClient(gateway);
		for (int seller = 0; seller < sellers; seller++) {
			this.sellers.add(newSeller());
		}
	}

	/** Returns a text that no other write has. */
	String newValue() {
		return "Value " + this.values.incrementAndGet();
	}

	List<Seller> sellers() {
		return List.copyOf(this.sellers);
	}

	/** Registers a member who has written one post. */
	Author newAuthor() throws IOException, InterruptedException {
		Visitor author = new Visitor(this.gateway);
		return new Author(author.get("members/me").path("id").asString(), author.newPost());
	}

	private Seller newSeller() throws IOException, InterruptedException {
		Visitor visitor = new Visitor(this.gateway);
		String id = visitor.get("members/me").path("id").asString();
		List<String> products = new ArrayList<>();
		for (int product = 0; product < PRODUCTS; product++) {
			long start = System.nanoTime();
			String path = visitor.newProduct().substring("/api/v1".length());
			note(path, "title", start);
			products.add(path);
		}
		Seller seller = new Seller(id, visitor.authorization(), products);
		note(seller.path(), "name", System.nanoTime());
		return seller;
	}

	/** Notes the first value of a register. */
	private void note(String path, String field, long start) throws InterruptedException {
		Answer first = this.api.send(this.api.to(path).header("Consistency", "strong"));
		JsonNode value = first.body().path(field);
		if (!first.isOk()) {
			throw new Problem(path + " got " + first.status());
		}
		this.names.putIfAbsent(value.asString(), first.version());
		this.history.add(new Write(path, value.asString(), first.version(), start, first.end()));
	}

	/**
	 * A member with products.
	 *
	 * @param id the member's id
	 * @param authorization the header of a session
	 * @param products the paths of the products
	 */
	record Seller(String id, String authorization, List<String> products) {

		String path() {
			return "/members/" + this.id;
		}

	}

	/**
	 * A member with one post.
	 *
	 * @param id the member's id
	 * @param post the id of the post
	 */
	record Author(String id, String post) {
	}

}
