package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A post reaches the followers' home feeds. */
class PostReachesFollowersJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	@Test
	void aPostAboutAProductReachesTheFollower() {
		Response product = this.ann.createProduct("A lamp", "12.50").expect(201);
		this.bob.follow(this.ann);
		Response post = this.ann.postAbout(product.text("id"), "Look at this lamp").expect(201);
		String id = post.text("id");
		JsonNode item = Await.value("the post is in Bob's feed", Await.SOON,
				() -> find(this.bob.get("/api/v1/feed"), id));
		assertThat(item.at("/author/id").asString()).isEqualTo(this.ann.id());
		assertThat(item.at("/author/handle").asString()).isEqualTo(this.ann.handle());
		assertThat(item.at("/author/name").asString()).isEqualTo("Ann");
		assertThat(item.path("verb").asString()).isEqualTo("posted");
		assertThat(item.path("text").asString()).isEqualTo("Look at this lamp");
		assertThat(item.at("/product/id").asString()).isEqualTo(product.text("id"));
		assertThat(item.at("/product/title").asString()).isEqualTo("A lamp");
		assertThat(item.at("/product/price/amount").decimalValue()).isEqualByComparingTo("12.50");
	}

	@Test
	void anOwnPostIsInTheOwnFeedAtOnce() {
		assertThat(this.ann.feed()).isEmpty();
		String id = this.ann.post("First");
		assertThat(this.ann.feed()).containsExactly(id);
	}

	@Test
	void aNewProductIsAnActivityOfItsSeller() {
		this.bob.follow(this.ann);
		String id = this.ann.createProduct("A chair", "40").expect(201).text("id");
		Await.until("the listing is in Bob's feed", Await.SOON, () -> this.bob.feed().equals(List.of(id)));
		assertThat(this.bob.get("/api/v1/feed").body().at("/items/0/verb").asString()).isEqualTo("listed");
	}

	@Test
	void unfollowingRemovesThePosts() {
		this.bob.follow(this.ann);
		String id = this.ann.post("Soon gone");
		Await.until("the post is in", Await.SOON, () -> this.bob.feed().equals(List.of(id)));
		this.bob.unfollow(this.ann);
		Await.until("the post is out", Await.SOON, () -> this.bob.feed().isEmpty());
	}

	@Test
	void followersAreCountedAndListed() {
		this.bob.follow(this.ann).expect(204);
		this.bob.follow(this.ann).expect(204);
		JsonNode ofAnn = this.bob.get("/api/v1/graph/members/" + this.ann.id()).expect(200).body();
		assertThat(ofAnn.path("followers").asInt()).isEqualTo(1);
		assertThat(ofAnn.at("/relation/following").asBoolean()).isTrue();
		assertThat(ofAnn.at("/relation/friend").asBoolean()).isFalse();
		this.ann.follow(this.bob);
		assertThat(this.ann.allPages("/api/v1/graph/members/" + this.ann.id() + "/friends", "handle"))
			.containsExactly(this.bob.handle());
		assertThat(this.ann.allPages("/api/v1/graph/members/" + this.bob.id() + "/followers", "id"))
			.containsExactly(this.ann.id());
	}

	@Test
	void theActivitiesOfAMemberArePublic() {
		String id = this.ann.post("Hello");
		Response activities = this.gateway.get("/api/v1/feed/members/" + this.ann.id()).expect(200);
		assertThat(activities.body().at("/items/0/id").asString()).isEqualTo(id);
	}

	@Test
	void everyResponseNamesTheRequestAndTheInstance() {
		Response response = this.ann.get("/api/v1/members/me", "X-Request-Id", "journey-1").expect(200);
		assertThat(response.header("X-Request-Id")).isEqualTo("journey-1");
		assertThat(response.header("X-Served-By")).startsWith("session-service/");
	}

	@Test
	void loggingOutEndsTheSession() {
		this.ann.send("DELETE", "/api/v1/sessions/current", null).expect(204);
		Await.until("the token is refused", Await.SOON, () -> this.ann.get("/api/v1/members/me").status() == 401);
	}

	@Test
	void aRepeatedCreationCreatesOneObject() {
		String body = "{\"text\": \"once\"}";
		String first = this.ann.send("POST", "/api/v1/posts", body, "Idempotency-Key", "k1").expect(201).text("id");
		assertThat(this.ann.send("POST", "/api/v1/posts", body, "Idempotency-Key", "k1").expect(201).text("id"))
			.isEqualTo(first);
		Response other = this.ann.send("POST", "/api/v1/posts", "{\"text\": \"twice\"}", "Idempotency-Key", "k1");
		assertThat(other.expect(422).invalidFields()).containsExactly("Idempotency-Key");
		assertThat(this.ann.feed()).containsExactly(first);
	}

	private static @org.jspecify.annotations.Nullable JsonNode find(Response feed, String id) {
		return feed.expect(200)
			.body()
			.path("items")
			.valueStream()
			.filter((item) -> item.path("id").asString().equals(id))
			.findFirst()
			.orElse(null);
	}

}
