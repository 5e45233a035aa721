package dev.agora.system;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A new name reaches every copy of a member, and deleting an account removes them. */
class MemberJourney {

	private static final String ME = "/api/v1/members/me";

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private final Member carol = Member.register(this.gateway, "Carol");

	private String product = "";

	private String post = "";

	private String bobsPost = "";

	@BeforeEach
	void createActivities() {
		this.bob.follow(this.ann);
		this.carol.follow(this.ann);
		this.carol.follow(this.bob);
		this.ann.follow(this.bob);
		this.product = this.ann.createProduct("A lamp", "12.50").expect(201).text("id");
		this.post = this.ann.post("Look");
		this.bobsPost = Await.value("the feed knows the product", Await.SOON, () -> {
			Response about = this.bob.postAbout(this.product, "I have it");
			return (about.status() == 201) ? about.text("id") : null;
		});
		awaitFeed(this.carol, List.of(this.bobsPost, this.post, this.product));
	}

	@Test
	void aNewNameReachesEveryCopy() {
		// These reads put the old name into the caches.
		awaitField("/products/" + this.product, "/seller/name", "Ann");
		awaitField("/posts/" + this.post, "/author/name", "Ann");
		rename(this.ann, etag(this.ann), "{\"name\": \"Anna Lee\"}").expect(200);
		assertThat(this.ann.get(ME).text("name")).isEqualTo("Anna Lee");
		assertThat(this.gateway.get("/api/v1/members/" + this.ann.id()).text("name")).isEqualTo("Anna Lee");
		awaitField("/products/" + this.product, "/seller/name", "Anna Lee");
		awaitField("/products?seller=" + this.ann.id(), "/items/0/seller/name", "Anna Lee");
		awaitField("/posts/" + this.post, "/author/name", "Anna Lee");
		awaitField("/posts/" + this.product, "/author/name", "Anna Lee");
		awaitField("/feed", "/items/1/author/name", "Anna Lee");
		awaitField("/feed", "/items/2/author/name", "Anna Lee");
		awaitField("/feed/members/" + this.ann.id(), "/items/0/author/name", "Anna Lee");
		awaitField("/graph/members/" + this.bob.id() + "/followers?limit=100", "/items/1/name", "Anna Lee");
		awaitField("/graph/members/" + this.bob.id() + "/following", "/items/0/name", "Anna Lee");
		assertThat(this.carol.feed()).containsExactly(this.bobsPost, this.post, this.product);
	}

	@Test
	void laterActivitiesHaveTheNewName() {
		rename(this.ann, etag(this.ann), "{\"name\": \"Anna Lee\"}").expect(200);
		String next = this.ann.post("Again");
		awaitField("/posts/" + next, "/author/name", "Anna Lee");
		String chair = this.ann.createProduct("A chair", "40").expect(201).text("id");
		awaitField("/products/" + chair, "/seller/name", "Anna Lee");
		awaitField("/posts/" + chair, "/author/name", "Anna Lee");
	}

	@Test
	void aChangeNeedsTheCurrentETag() {
		String first = etag(this.ann);
		Response response = this.ann.send("PATCH", ME, "{\"name\": \"A\"}").expect(428);
		assertThat(response.invalidFields()).containsExactly("If-Match");
		String second = rename(this.ann, first, "{\"name\": \"Anna Lee\"}").expect(200).header("ETag");
		assertThat(second).isNotEqualTo(first).isEqualTo(etag(this.ann));
		rename(this.ann, first, "{\"name\": \"Lost\"}").expect(412);
		rename(this.ann, second, "{\"name\": \"Anna Lou\"}").expect(200);
		assertThat(this.ann.get(ME).text("name")).isEqualTo("Anna Lou");
		this.gateway.send("PATCH", ME, "{\"name\": \"A\"}", "If-Match", first).expect(401);
		this.gateway.delete(ME).expect(401);
	}

	@Test
	void returns400ForABadNameAndChangesNothing() {
		Map.of("{\"name\": \"\"}", "name", "{\"name\": \"   \"}", "name", "{\"name\": \"a\\u0007\"}", "name",
				"{\"name\": 1}", "name", "{}", "name", "{\"name\": \"A\", \"handle\": \"bb\"}", "handle", "{\"name\"",
				"body", "{\"name\": \"" + "x".repeat(101) + "\"}", "name")
			.forEach((body, field) -> assertThat(rename(this.ann, "*", body).expect(400).invalidFields())
				.containsExactly(field));
		assertThat(rename(this.ann, "1", "{\"name\": \"A\"}").expect(400).invalidFields()).containsExactly("If-Match");
		assertThat(this.ann.get(ME).text("name")).isEqualTo("Ann");
	}

	@Test
	void aDeletedAccountDisappearsFromEveryCopy() {
		Response deleted = this.ann.send("DELETE", ME, null).expect(204);
		assertThat(deleted.header("Set-Cookie")).startsWith("__Host-agora=;").contains("Max-Age=0");
		Await.until("the token is refused", Await.SOON, () -> this.ann.get(ME).status() == 401);
		logIn(this.ann.handle()).expect(401);
		this.gateway.get("/api/v1/members/" + this.ann.id(), "Consistency", "eventual").expect(404);
		this.gateway.get("/api/v1/members?handle=" + this.ann.handle()).expect(404);
		for (String path : List.of("/products/" + this.product, "/posts/" + this.post, "/posts/" + this.product,
				"/feed/members/" + this.ann.id(), "/graph/members/" + this.ann.id())) {
			awaitMissing(path);
		}
		awaitCounts(this.bob, 1, 0);
		awaitCounts(this.carol, 0, 1);
		awaitFeed(this.bob, List.of(this.bobsPost));
		awaitFeed(this.carol, List.of(this.bobsPost));
		assertThat(this.carol.allPages("/api/v1/graph/members/" + this.bob.id() + "/followers", "id"))
			.containsExactly(this.carol.id());
		Await.until("Bob's post remains without the product", Await.SOON,
				() -> this.carol.get("/api/v1/posts/" + this.bobsPost)
					.expect(200)
					.body()
					.path("product")
					.isMissingNode());
		this.bob.send("PUT", "/api/v1/graph/following/" + this.ann.id(), null).expect(404);
		this.bob.postAbout(this.product, "Where is it?").expect(422);
	}

	@Test
	void returns409ForTheHandleOfADeletedMember() {
		this.ann.send("DELETE", ME, null).expect(204);
		Response taken = this.gateway.post("/api/v1/members",
				Map.of("handle", this.ann.handle(), "name", "Another Ann", "password", "0123456789"));
		assertThat(taken.expect(409).text("type")).isEqualTo("urn:agora:problem:handle-taken");
		assertThat(logIn(this.ann.handle()).expect(401).text("detail"))
			.isEqualTo(logIn("nobody_" + this.ann.handle().substring(4)).expect(401).text("detail"));
	}

	/** Writes that are accepted during the deletion of the account are removed too. */
	@Test
	void writesDuringTheDeletionOfTheAccountAreRemoved() throws Exception {
		CompletableFuture<Void> writer = CompletableFuture.runAsync(this::writeUntilRefused);
		Await.until("Ann has written something more", Await.SOON, () -> this.carol.feed().size() > 4);
		this.ann.send("DELETE", ME, null).expect(204);
		// The writer fails on any other status than 401.
		writer.get(Await.SOON.toSeconds(), TimeUnit.SECONDS);
		awaitFeed(this.carol, List.of(this.bobsPost));
		awaitMissing("/feed/members/" + this.ann.id());
		Await.until("no product is left", Await.SOON,
				() -> this.gateway.get("/api/v1/products?seller=" + this.ann.id()).body().path("items").isEmpty());
	}

	private void writeUntilRefused() {
		int refused = 0;
		while (refused < 4) {
			Response posted = this.ann.send("POST", "/api/v1/posts", "{\"text\": \"More\"}", "Idempotency-Key",
					UUID.randomUUID().toString());
			Response listed = this.ann.createProduct("Another lamp", "1");
			Response followed = this.ann.send("PUT", "/api/v1/graph/following/" + this.carol.id(), null);
			refused += (posted.status() == 401 && listed.status() == 401 && followed.status() == 401) ? 1 : 0;
		}
	}

	private Response rename(Member member, String ifMatch, String body) {
		return member.send("PATCH", ME, body, "If-Match", ifMatch);
	}

	private static String etag(Member member) {
		return member.get(ME).expect(200).header("ETag");
	}

	private Response logIn(String handle) {
		return this.gateway.sendUntilAnswered("POST", "/api/v1/sessions",
				Map.of("handle", handle, "password", "a long enough password"));
	}

	private void awaitField(String path, String pointer, String expected) {
		Await.until(path + " shows " + expected, Await.SOON,
				() -> this.carol.get("/api/v1" + path, "Consistency", "eventual")
					.body()
					.at(pointer)
					.asString("")
					.equals(expected));
	}

	private void awaitMissing(String path) {
		Await.until(path + " is gone", Await.SOON,
				() -> this.carol.get("/api/v1" + path, "Consistency", "eventual").status() == 404
						&& this.carol.get("/api/v1" + path).status() == 404);
	}

	private void awaitCounts(Member member, int followers, int following) {
		Await.until(member.handle() + " has " + followers + " and " + following, Await.SOON, () -> {
			JsonNode counts = this.carol.get("/api/v1/graph/members/" + member.id()).expect(200).body();
			return counts.path("followers").asInt() == followers && counts.path("following").asInt() == following;
		});
	}

	private static void awaitFeed(Member member, List<String> expected) {
		Await.until("the feed is " + expected, Await.SOON, () -> member.feed().equals(expected));
	}

}
