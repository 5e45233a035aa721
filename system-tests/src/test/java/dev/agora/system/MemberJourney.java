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

/** A member's new name reaches every copy, and of one who leaves nothing is left. */
class MemberJourney {

	private static final String ME = "/api/v1/members/me";

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.joins(this.gateway, "Ann");

	private final Member bob = Member.joins(this.gateway, "Bob");

	private final Member carol = Member.joins(this.gateway, "Carol");

	private String product = "";

	private String post = "";

	private String bobsPost = "";

	@BeforeEach
	void annIsBusy() {
		this.bob.follows(this.ann);
		this.carol.follows(this.ann);
		this.carol.follows(this.bob);
		this.ann.follows(this.bob);
		this.product = this.ann.lists("A lamp", "12.50").expect(201).text("id");
		this.post = this.ann.posts("Look");
		this.bobsPost = Await.value("the feed knows the product", Await.SOON, () -> {
			Answer about = this.bob.postsAbout(this.product, "I have it");
			return (about.status() == 201) ? about.text("id") : null;
		});
		awaitFeed(this.carol, List.of(this.bobsPost, this.post, this.product));
	}

	@Test
	void aNewNameReachesEveryCopy() {
		// What readers get from the caches must be told as well.
		show("/products/" + this.product, "/seller/name", "Ann");
		show("/posts/" + this.post, "/author/name", "Ann");
		rename(this.ann, etag(this.ann), "{\"name\": \"Anna Lee\"}").expect(200);
		assertThat(this.ann.gets(ME).text("name")).isEqualTo("Anna Lee");
		assertThat(this.gateway.get("/api/v1/members/" + this.ann.id()).text("name")).isEqualTo("Anna Lee");
		show("/products/" + this.product, "/seller/name", "Anna Lee");
		show("/products?seller=" + this.ann.id(), "/items/0/seller/name", "Anna Lee");
		show("/posts/" + this.post, "/author/name", "Anna Lee");
		show("/posts/" + this.product, "/author/name", "Anna Lee");
		show("/feed", "/items/1/author/name", "Anna Lee");
		show("/feed", "/items/2/author/name", "Anna Lee");
		show("/feed/members/" + this.ann.id(), "/items/0/author/name", "Anna Lee");
		show("/graph/members/" + this.bob.id() + "/followers?limit=100", "/items/1/name", "Anna Lee");
		show("/graph/members/" + this.bob.id() + "/following", "/items/0/name", "Anna Lee");
		assertThat(this.carol.feed()).containsExactly(this.bobsPost, this.post, this.product);
	}

	@Test
	void whatAMemberDoesAfterwardsBearsTheNewName() {
		rename(this.ann, etag(this.ann), "{\"name\": \"Anna Lee\"}").expect(200);
		String next = this.ann.posts("Again");
		show("/posts/" + next, "/author/name", "Anna Lee");
		String chair = this.ann.lists("A chair", "40").expect(201).text("id");
		show("/products/" + chair, "/seller/name", "Anna Lee");
		show("/posts/" + chair, "/author/name", "Anna Lee");
	}

	@Test
	void aChangeMustKnowWhatItChanges() {
		String first = etag(this.ann);
		Answer answer = this.ann.sends("PATCH", ME, "{\"name\": \"A\"}").expect(428);
		assertThat(answer.fieldsAtFault()).containsExactly("If-Match");
		String second = rename(this.ann, first, "{\"name\": \"Anna Lee\"}").expect(200).header("ETag");
		assertThat(second).isNotEqualTo(first).isEqualTo(etag(this.ann));
		rename(this.ann, first, "{\"name\": \"Lost\"}").expect(412);
		rename(this.ann, second, "{\"name\": \"Anna Lou\"}").expect(200);
		assertThat(this.ann.gets(ME).text("name")).isEqualTo("Anna Lou");
		this.gateway.send("PATCH", ME, "{\"name\": \"A\"}", "If-Match", first).expect(401);
		this.gateway.delete(ME).expect(401);
	}

	@Test
	void aBadNameChangesNothing() {
		Map.of("{\"name\": \"\"}", "name", "{\"name\": \"   \"}", "name", "{\"name\": \"a\\u0007\"}", "name",
				"{\"name\": 1}", "name", "{}", "name", "{\"name\": \"A\", \"handle\": \"bb\"}", "handle", "{\"name\"",
				"body", "{\"name\": \"" + "x".repeat(101) + "\"}", "name")
			.forEach((body, field) -> assertThat(rename(this.ann, "*", body).expect(400).fieldsAtFault())
				.containsExactly(field));
		assertThat(rename(this.ann, "1", "{\"name\": \"A\"}").expect(400).fieldsAtFault()).containsExactly("If-Match");
		assertThat(this.ann.gets(ME).text("name")).isEqualTo("Ann");
	}

	@Test
	void nothingIsLeftOfWhoLeaves() {
		Answer gone = this.ann.sends("DELETE", ME, null).expect(204);
		assertThat(gone.header("Set-Cookie")).startsWith("__Host-agora=;").contains("Max-Age=0");
		Await.until("the token is refused", Await.SOON, () -> this.ann.gets(ME).status() == 401);
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
		Await.until("Bob's post goes on without the product", Await.SOON,
				() -> this.carol.gets("/api/v1/posts/" + this.bobsPost)
					.expect(200)
					.body()
					.path("product")
					.isMissingNode());
		this.bob.sends("PUT", "/api/v1/graph/following/" + this.ann.id(), null).expect(404);
		this.bob.postsAbout(this.product, "Where is it?").expect(422);
	}

	@Test
	void aHandleIsNotTakenOver() {
		this.ann.sends("DELETE", ME, null).expect(204);
		Answer taken = this.gateway.post("/api/v1/members",
				Map.of("handle", this.ann.handle(), "name", "Another Ann", "password", "0123456789"));
		assertThat(taken.expect(409).text("type")).isEqualTo("urn:agora:problem:handle-taken");
		assertThat(logIn(this.ann.handle()).expect(401).text("detail"))
			.isEqualTo(logIn("nobody_" + this.ann.handle().substring(4)).expect(401).text("detail"));
	}

	/** Whatever is accepted of a member who leaves in the middle of it goes as well. */
	@Test
	void whatIsWrittenWhileItsAuthorLeavesGoesToo() throws Exception {
		CompletableFuture<Void> writer = CompletableFuture.runAsync(this::writeUntilRefused);
		Await.until("Ann has written something more", Await.SOON, () -> this.carol.feed().size() > 4);
		this.ann.sends("DELETE", ME, null).expect(204);
		// Fails if it ended by anything else than a refusal.
		writer.get(Await.SOON.toSeconds(), TimeUnit.SECONDS);
		awaitFeed(this.carol, List.of(this.bobsPost));
		awaitMissing("/feed/members/" + this.ann.id());
		Await.until("no product is left", Await.SOON,
				() -> this.gateway.get("/api/v1/products?seller=" + this.ann.id()).body().path("items").isEmpty());
	}

	private void writeUntilRefused() {
		int refused = 0;
		while (refused < 4) {
			Answer posted = this.ann.sends("POST", "/api/v1/posts", "{\"text\": \"More\"}", "Idempotency-Key",
					UUID.randomUUID().toString());
			Answer listed = this.ann.lists("Another lamp", "1");
			Answer followed = this.ann.sends("PUT", "/api/v1/graph/following/" + this.carol.id(), null);
			refused += (posted.status() == 401 && listed.status() == 401 && followed.status() == 401) ? 1 : 0;
		}
	}

	private Answer rename(Member member, String ifMatch, String body) {
		return member.sends("PATCH", ME, body, "If-Match", ifMatch);
	}

	private static String etag(Member member) {
		return member.gets(ME).expect(200).header("ETag");
	}

	private Answer logIn(String handle) {
		return this.gateway.insist("POST", "/api/v1/sessions",
				Map.of("handle", handle, "password", "a long enough password"));
	}

	private void show(String path, String pointer, String expected) {
		Await.until(path + " shows " + expected, Await.SOON,
				() -> this.carol.gets("/api/v1" + path, "Consistency", "eventual")
					.expect(200)
					.body()
					.at(pointer)
					.asString()
					.equals(expected));
	}

	private void awaitMissing(String path) {
		Await.until(path + " is gone", Await.SOON,
				() -> this.carol.gets("/api/v1" + path, "Consistency", "eventual").status() == 404
						&& this.carol.gets("/api/v1" + path).status() == 404);
	}

	private void awaitCounts(Member member, int followers, int following) {
		Await.until(member.handle() + " has " + followers + " and " + following, Await.SOON, () -> {
			JsonNode counts = this.carol.gets("/api/v1/graph/members/" + member.id()).expect(200).body();
			return counts.path("followers").asInt() == followers && counts.path("following").asInt() == following;
		});
	}

	private static void awaitFeed(Member member, List<String> expected) {
		Await.until("the feed is " + expected, Await.SOON, () -> member.feed().equals(expected));
	}

}
