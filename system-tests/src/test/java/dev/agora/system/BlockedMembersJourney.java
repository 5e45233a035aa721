package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A block ends follows both ways, and hides each from the other until it is lifted. */
class BlockedMembersJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private final Member cleo = Member.register(this.gateway, "Cleo");

	@BeforeEach
	void followEachOther() {
		this.ann.follow(this.bob);
		this.bob.follow(this.ann);
		this.ann.follow(this.cleo);
		this.bob.follow(this.cleo);
	}

	@Test
	void aBlockEndsTheFollowsBothWaysAndLiftingItRestoresNone() {
		assertThat(graphOf(this.ann, this.bob).path("friends").asInt()).isEqualTo(1);
		block(this.ann, this.bob).expect(204);
		block(this.ann, this.bob).expect(204);
		JsonNode bobs = graphOf(this.ann, this.bob);
		assertThat(bobs.path("followers").asInt()).isZero();
		assertThat(bobs.path("friends").asInt()).isZero();
		assertThat(bobs.at("/relation/blocked").asBoolean()).isTrue();
		assertThat(bobs.at("/relation/following").asBoolean()).isFalse();
		assertThat(graphOf(this.bob, this.ann).at("/relation/blocked").asBoolean()).isFalse();
		unblock(this.ann, this.bob).expect(204);
		unblock(this.ann, this.bob).expect(204);
		assertThat(graphOf(this.ann, this.bob).path("followers").asInt()).isZero();
		this.bob.follow(this.ann);
		assertThat(graphOf(this.bob, this.ann).path("followers").asInt()).isEqualTo(1);
	}

	@Test
	void neitherCanFollowTheOtherAndNothingSaysWhoBlocks() {
		block(this.ann, this.bob).expect(204);
		Response blockers = follow(this.ann, this.bob).expect(403);
		Response blocked = follow(this.bob, this.ann).expect(403);
		assertThat(blockers.text("type")).endsWith("blocked").isEqualTo(blocked.text("type"));
		assertThat(blockers.text("detail")).isEqualTo(blocked.text("detail"));
		this.bob.unfollow(this.ann);
	}

	@Test
	void neitherSeesTheOtherInListsButOthersSeeBoth() {
		block(this.ann, this.bob).expect(204);
		String followers = "/api/v1/graph/members/" + this.cleo.id() + "/followers";
		assertThat(this.ann.allPages(followers, "id")).containsExactly(this.ann.id());
		assertThat(this.bob.allPages(followers, "id")).containsExactly(this.bob.id());
		assertThat(this.cleo.allPages(followers, "id")).containsExactlyInAnyOrder(this.ann.id(), this.bob.id());
		assertThat(graphOf(this.ann, this.cleo).path("followers").asInt()).isEqualTo(2);
	}

	@Test
	void refusesBlocksOfOneselfOfUnknownMembersAndWithoutASession() {
		block(this.ann, this.ann).expect(422);
		for (String id : List.of("0000000000000", "nobody")) {
			this.ann.send("PUT", "/api/v1/graph/blocks/" + id, null).expect(404);
			this.ann.send("DELETE", "/api/v1/graph/blocks/" + id, null).expect(404);
		}
		this.gateway.send("PUT", "/api/v1/graph/blocks/" + this.bob.id(), null).expect(401);
	}

	@Test
	void aNewNameReachesTheListsOfOthers() {
		String etag = this.ann.get("/api/v1/members/me").expect(200).header("ETag");
		this.ann.send("PATCH", "/api/v1/members/me", "{\"name\": \"Anna\"}", "If-Match", etag).expect(200);
		String followers = "/api/v1/graph/members/" + this.cleo.id() + "/followers";
		Await.until("the list shows the new name", Await.SOON,
				() -> this.cleo.allPages(followers, "name").contains("Anna"));
	}

	private JsonNode graphOf(Member viewer, Member member) {
		return viewer.get("/api/v1/graph/members/" + member.id()).expect(200).body();
	}

	private static Response follow(Member follower, Member followee) {
		return follower.send("PUT", "/api/v1/graph/following/" + followee.id(), null);
	}

	private static Response block(Member blocker, Member blocked) {
		return blocker.send("PUT", "/api/v1/graph/blocks/" + blocked.id(), null);
	}

	private static Response unblock(Member blocker, Member blocked) {
		return blocker.send("DELETE", "/api/v1/graph/blocks/" + blocked.id(), null);
	}

}
