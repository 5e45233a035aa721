package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A post, from the author's request to the follower's home feed. */
class PostReachesFollowersJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.joins(this.gateway, "Ann");

	private final Member bob = Member.joins(this.gateway, "Bob");

	@Test
	void aPostAboutAProductReachesTheFollower() {
		Answer product = this.ann.lists("A lamp", "12.50").expect(201);
		this.bob.follows(this.ann);
		Answer post = this.ann.postsAbout(product.text("id"), "Look at this lamp").expect(201);
		String id = post.text("id");
		JsonNode item = Await.value("the post is in Bob's feed", Await.SOON,
				() -> find(this.bob.gets("/api/v1/feed"), id));
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
	void onesOwnPostIsInOnesOwnFeedAtOnce() {
		assertThat(this.ann.feed()).isEmpty();
		String id = this.ann.posts("First");
		assertThat(this.ann.feed()).containsExactly(id);
	}

	@Test
	void aListedProductIsAnActivityOfItsSeller() {
		this.bob.follows(this.ann);
		String id = this.ann.lists("A chair", "40").expect(201).text("id");
		Await.until("the listing is in Bob's feed", Await.SOON, () -> this.bob.feed().equals(List.of(id)));
		assertThat(this.bob.gets("/api/v1/feed").body().at("/items/0/verb").asString()).isEqualTo("listed");
	}

	@Test
	void unfollowingTakesThePostsOut() {
		this.bob.follows(this.ann);
		String id = this.ann.posts("Soon gone");
		Await.until("the post is in", Await.SOON, () -> this.bob.feed().equals(List.of(id)));
		this.bob.unfollows(this.ann);
		Await.until("the post is out", Await.SOON, () -> this.bob.feed().isEmpty());
	}

	@Test
	void followersAreCountedAndListed() {
		this.bob.follows(this.ann).expect(204);
		this.bob.follows(this.ann).expect(204);
		JsonNode ofAnn = this.bob.gets("/api/v1/graph/members/" + this.ann.id()).expect(200).body();
		assertThat(ofAnn.path("followers").asInt()).isEqualTo(1);
		assertThat(ofAnn.at("/relation/following").asBoolean()).isTrue();
		assertThat(ofAnn.at("/relation/friend").asBoolean()).isFalse();
		this.ann.follows(this.bob);
		assertThat(this.ann.allPages("/api/v1/graph/members/" + this.ann.id() + "/friends", "handle"))
			.containsExactly(this.bob.handle());
		assertThat(this.ann.allPages("/api/v1/graph/members/" + this.bob.id() + "/followers", "id"))
			.containsExactly(this.ann.id());
	}

	@Test
	void whatAMemberDidIsPublic() {
		String id = this.ann.posts("Hello");
		Answer did = this.gateway.get("/api/v1/feed/members/" + this.ann.id()).expect(200);
		assertThat(did.body().at("/items/0/id").asString()).isEqualTo(id);
	}

	@Test
	void everyAnswerNamesTheRequestAndTheCloneThatServedIt() {
		Answer answer = this.ann.gets("/api/v1/members/me", "X-Request-Id", "journey-1").expect(200);
		assertThat(answer.header("X-Request-Id")).isEqualTo("journey-1");
		assertThat(answer.header("X-Served-By")).startsWith("session-service/");
	}

	@Test
	void loggingOutEndsTheSession() {
		this.ann.sends("DELETE", "/api/v1/sessions/current", null).expect(204);
		Await.until("the token is refused", Await.SOON, () -> this.ann.gets("/api/v1/members/me").status() == 401);
	}

	@Test
	void aRepeatedCreationMakesOneThing() {
		String body = "{\"text\": \"once\"}";
		String first = this.ann.sends("POST", "/api/v1/posts", body, "Idempotency-Key", "k1").expect(201).text("id");
		assertThat(this.ann.sends("POST", "/api/v1/posts", body, "Idempotency-Key", "k1").expect(201).text("id"))
			.isEqualTo(first);
		Answer other = this.ann.sends("POST", "/api/v1/posts", "{\"text\": \"twice\"}", "Idempotency-Key", "k1");
		assertThat(other.expect(422).fieldsAtFault()).containsExactly("Idempotency-Key");
		assertThat(this.ann.feed()).containsExactly(first);
	}

	private static @org.jspecify.annotations.Nullable JsonNode find(Answer feed, String id) {
		return feed.expect(200)
			.body()
			.path("items")
			.valueStream()
			.filter((item) -> item.path("id").asString().equals(id))
			.findFirst()
			.orElse(null);
	}

}
