package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A block hides two members from each other in feeds, until it is lifted. */
class BlocksJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private String annsPost = "";

	private String bobsPost = "";

	@BeforeEach
	void friendsReadEachOther() {
		this.ann.follow(this.bob);
		this.bob.follow(this.ann);
		this.annsPost = this.ann.post("Hello");
		this.bobsPost = this.bob.post("Hello");
		Await.until("each feed has both posts", Await.SOON,
				() -> this.ann.feed().size() == 2 && this.bob.feed().size() == 2);
	}

	@Test
	void aBlockHidesBothMembersUntilItIsLifted() {
		block("PUT");
		Await.until("each feed has the own post alone", Await.SOON,
				() -> this.ann.feed().equals(List.of(this.annsPost)) && this.bob.feed().equals(List.of(this.bobsPost)));
		awaitPosts(404);
		assertThat(activities(this.ann, this.bob)).isEmpty();
		assertThat(activities(this.bob, this.ann)).isEmpty();
		block("DELETE");
		awaitPosts(200);
		assertThat(activities(this.bob, this.ann)).containsExactly(this.annsPost);
		assertThat(this.ann.feed()).containsExactly(this.annsPost);
	}

	@Test
	void aBlockHidesNothingFromOthers() {
		Member carol = Member.register(this.gateway, "Carol");
		block("PUT");
		awaitPosts(404);
		assertThat(activities(carol, this.ann)).containsExactly(this.annsPost);
		assertThat(carol.get("/api/v1/posts/" + this.bobsPost).status()).isEqualTo(200);
		Response list = this.gateway.get("/api/v1/feed/members/" + this.ann.id()).expect(200);
		assertThat(list.body().at("/items/0/id").asString()).isEqualTo(this.annsPost);
	}

	private void block(String method) {
		this.ann.send(method, "/api/v1/graph/blocks/" + this.bob.id(), null).expect(204);
	}

	private void awaitPosts(int status) {
		Await.until("each gets " + status + " for the post of the other", Await.SOON,
				() -> this.bob.get("/api/v1/posts/" + this.annsPost).status() == status
						&& this.ann.get("/api/v1/posts/" + this.bobsPost).status() == status);
	}

	private static List<String> activities(Member viewer, Member member) {
		return viewer.activities("/api/v1/feed/members/" + member.id());
	}

}
