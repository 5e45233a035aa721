package dev.agora.measure.cluster;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A member who sends requests.
 *
 * @param id the member's id
 * @param token the token of the session
 * @param product the id of a product that the member sells
 */
record Visitor(String id, String token, String product) {

	/** Few, since each registration and each log-in computes a hash of the password. */
	private static final int COUNT = 8;

	private static final String PASSWORD = "the password of a visitor";

	/** Registers members who sell one product each and follow each other. */
	static List<Visitor> join(String gateway) throws InterruptedException {
		Api api = new Api(gateway);
		List<Visitor> visitors = new ArrayList<>();
		String run = Long.toString(System.currentTimeMillis(), 36);
		for (int number = 0; number < COUNT; number++) {
			visitors.add(join(api, "visitor_" + run + "_" + number));
		}
		for (Visitor visitor : visitors) {
			for (Visitor other : visitors) {
				if (!other.equals(visitor)) {
					api.call("PUT", "/graph/following/" + other.id, visitor.token, null);
				}
			}
			api.call("POST", "/posts", visitor.token, "{\"text\":\"The first post\"}");
		}
		return visitors;
	}

	static Visitor join(Api api, String handle) throws InterruptedException {
		api.call("POST", "/members", "",
				"{\"handle\":\"%s\",\"name\":\"%s\",\"password\":\"%s\"}".formatted(handle, handle, PASSWORD));
		Visitor visitor = logIn(api, handle);
		JsonNode product = api.call("POST", "/products", visitor.token, """
				{"title":"A thing of %s","category":"books","price":{"amount":9.50,"currency":"EUR"},"stock":3}
				""".formatted(handle));
		return new Visitor(visitor.id, visitor.token, product.path("id").asString());
	}

	static Visitor logIn(Api api, String handle) throws InterruptedException {
		JsonNode session = api.call("POST", "/sessions", "",
				"{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(handle, PASSWORD));
		return new Visitor(session.at("/member/id").asString(), session.path("token").asString(), "");
	}

}
