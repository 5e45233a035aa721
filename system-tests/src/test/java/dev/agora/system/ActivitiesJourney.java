package dev.agora.system;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Activities of members reach the feeds of their followers, and follow what they show.
 */
class ActivitiesJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private final Member carol = Member.register(this.gateway, "Carol");

	private final Member dave = Member.register(this.gateway, "Dave");

	@Test
	void activitiesReachTheFeedOfAFollowerAndGoWithWhatTheyShow() {
		this.dave.follow(this.ann);
		this.dave.follow(this.bob);
		awaitFeed(List.of());
		Response lamp = this.ann.createProduct("A lamp", "20.00").expect(201);
		String product = "/api/v1/products/" + lamp.text("id");
		awaitFeed(List.of("ann listed A lamp"));
		Response cheaper = replace(product, lamp, "A lamp", "15");
		awaitFeed(List.of("ann reduced A lamp from 20 to 15", "ann listed A lamp"));
		this.bob.send("PUT", product + "/reviews/mine", "{\"stars\": 4, \"text\": \"Bright.\"}").expect(201);
		awaitFeed(List.of("bob reviewed A lamp: 4 Bright.", "ann reduced A lamp from 20 to 15", "ann listed A lamp"));
		this.bob.send("PUT", product + "/reviews/mine", "{\"stars\": 2}").expect(200);
		Response renamed = replace(product, cheaper, "A lantern", "10");
		awaitFeed(List.of("ann reduced A lantern from 15 to 10", "bob reviewed A lantern: 2", "ann listed A lantern"));
		replace(product, renamed, "A lantern", "12");
		awaitFeed(List.of("bob reviewed A lantern: 2", "ann listed A lantern"));
		assertThat(listOf(this.bob)).containsExactly("bob reviewed A lantern: 2");
		this.ann.send("DELETE", product, null).expect(204);
		awaitFeed(List.of());
		assertThat(listOf(this.ann)).isEmpty();
		assertThat(listOf(this.bob)).isEmpty();
	}

	@Test
	void aFriendshipIsShownOnceAndEndsWithOneFollow() {
		this.dave.follow(this.ann);
		awaitFeed(List.of());
		this.ann.follow(this.carol);
		this.carol.follow(this.ann);
		awaitFeed(List.of("ann befriended carol"));
		Await.until("Carol's list shows her friend", Await.SOON,
				() -> listOf(this.carol).equals(List.of("carol befriended ann")));
		this.dave.follow(this.carol);
		awaitFeed(List.of("ann befriended carol"));
		this.dave.unfollow(this.carol);
		rename(this.carol, "Caroline");
		awaitFeed(List.of("ann befriended caroline"));
		this.dave.send("PUT", "/api/v1/graph/blocks/" + this.carol.id(), null).expect(204);
		awaitFeed(List.of());
		this.dave.send("DELETE", "/api/v1/graph/blocks/" + this.carol.id(), null).expect(204);
		awaitFeed(List.of("ann befriended caroline"));
		this.ann.unfollow(this.carol);
		awaitFeed(List.of());
		assertThat(listOf(this.carol)).isEmpty();
	}

	private static void rename(Member member, String name) {
		String etag = member.get("/api/v1/members/me").expect(200).header("ETag");
		member.send("PATCH", "/api/v1/members/me", "{\"name\": \"%s\"}".formatted(name), "If-Match", etag).expect(200);
	}

	private Response replace(String path, Response current, String title, String amount) {
		String body = """
				{"title": "%s", "category": "books", "price": {"amount": %s, "currency": "EUR"}, "stock": 3}
				""".formatted(title, amount);
		return this.ann.send("PUT", path, body, "If-Match", current.header("ETag")).expect(200);
	}

	/** Waits until the feed of Dave is as expected, from the cache and from the store. */
	private void awaitFeed(List<String> expected) {
		for (String consistency : List.of("eventual", "strong")) {
			Await.until("Dave's feed (" + consistency + ") shows " + expected, Await.SOON,
					() -> describe(this.dave.get("/api/v1/feed", "Consistency", consistency)).equals(expected));
		}
	}

	private List<String> listOf(Member member) {
		return describe(this.gateway.get("/api/v1/feed/members/" + member.id()));
	}

	private static List<String> describe(Response list) {
		return list.expect(200).body().path("items").valueStream().map(ActivitiesJourney::describe).toList();
	}

	/** Describes an activity in words. */
	private static String describe(JsonNode activity) {
		String verb = activity.path("verb").asString();
		String rest = switch (verb) {
			case "reduced" -> activity.at("/product/title").asString() + " from " + amount(activity, "/previousPrice")
					+ " to " + amount(activity, "/product/price");
			case "reviewed" -> activity.at("/product/title").asString() + ": " + activity.path("stars").asInt()
					+ (activity.has("text") ? " " + activity.path("text").asString() : "");
			case "befriended" -> name(activity.path("friend"));
			default -> activity.at("/product/title").asString();
		};
		return name(activity.path("author")) + " " + verb + " " + rest;
	}

	private static String name(JsonNode card) {
		return card.path("name").asString().toLowerCase(Locale.ROOT);
	}

	private static String amount(JsonNode activity, String price) {
		return activity.at(price + "/amount").decimalValue().stripTrailingZeros().toPlainString();
	}

}
