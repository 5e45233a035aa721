package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A read with the token of a write is never older than the write, in any service. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsistencyTokenJourney {

	private static final String TOKEN = "Consistency-Token";

	private final Gateway gateway = TestSystem.gateway();

	private Member author;

	private Member reader;

	private String post;

	@BeforeEach
	void anAuthorPosts() {
		this.author = Member.register(this.gateway, "Author");
		this.reader = Member.register(this.gateway, "Reader");
		this.post = this.author.post("hello");
	}

	@Test
	@Order(1)
	void theNextReadOfAnotherServiceShowsTheWrite() {
		for (int round = 0; round < 10; round++) {
			String followed = this.reader.follow(this.author).header(TOKEN);
			assertThat(caughtUpFeed(followed).body().at("/items/0/id").asString()).isEqualTo(this.post);
			String ended = this.reader.unfollow(this.author).header(TOKEN);
			assertThat(caughtUpFeed(ended).body().at("/items")).isEmpty();
		}
	}

	@Test
	@Order(2)
	void aWriteOfABrowserSetsACookie() {
		Response followed = this.reader.send("PUT", "/api/v1/graph/following/" + this.author.id(), null, "Origin",
				"https://example.org");
		assertThat(followed.expect(204).headers().allValues("Set-Cookie")).singleElement()
			.asString()
			.startsWith("__Host-agora-consistency=" + followed.header(TOKEN) + "; Path=/;")
			.contains("Secure", "HttpOnly", "SameSite=Lax");
		this.reader.get("/api/v1/feed", "Cookie", "__Host-agora-consistency=damaged").expect(200);
	}

	@Test
	@Order(3)
	void aMalformedTokenIsRefused() {
		for (String path : List.of("/api/v1/feed", "/api/v1/members/me", "/api/v1/products",
				"/api/v1/graph/members/" + this.author.id())) {
			assertThat(this.reader.get(path, TOKEN, "forged").expect(400).invalidFields()).containsExactly(TOKEN);
		}
		assertThat(this.reader.send("POST", "/api/v1/posts", "{\"text\": \"x\"}", TOKEN, "forged")
			.expect(400)
			.invalidFields()).containsExactly(TOKEN);
	}

	@Test
	@Order(4)
	void withoutABrokerAReadIsRefusedRatherThanOlder() {
		assumeTrue(TestSystem.isOwn(), "It stops the broker, so it needs a system that the tests have started.");
		TestSystem.agora("stop", "kafka");
		String followed;
		try {
			followed = this.reader.follow(this.author).header(TOKEN);
			Response refused = feed("session", followed);
			assertThat(refused.expect(503).header("Retry-After")).isNotEmpty();
			feed("strong", followed).expect(503);
			this.reader.get("/api/v1/feed", "Cookie", "__Host-agora-consistency=" + followed).expect(503);
			feed("eventual", followed).expect(200);
			this.reader.get("/api/v1/feed").expect(200);
			assertThat(graph(followed).expect(200).body().at("/following").asInt()).isEqualTo(1);
			this.reader.get("/api/v1/posts/" + this.post, TOKEN, followed).expect(503);
			this.reader.get("/api/v1/products", TOKEN, followed).expect(200);
		}
		finally {
			TestSystem.agora("start", "kafka");
		}
		assertThat(caughtUpFeed(followed).body().at("/items/0/id").asString()).isEqualTo(this.post);
	}

	/** Repeats the read while it is refused: a busy machine delays events. */
	private Response caughtUpFeed(String token) {
		return Await.value("the feed has caught up", Await.SOON, () -> {
			Response next = feed("session", token);
			return (next.status() == 503) ? null : next.expect(200);
		});
	}

	private Response feed(String level, String token) {
		return this.reader.get("/api/v1/feed", "Consistency", level, TOKEN, token);
	}

	private Response graph(String token) {
		return this.reader.get("/api/v1/graph/members/" + this.reader.id(), TOKEN, token);
	}

}
