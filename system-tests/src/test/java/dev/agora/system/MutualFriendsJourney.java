package dev.agora.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Members find whom they both know, and the path between them. */
class MutualFriendsJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private final Member carol = Member.register(this.gateway, "Carol");

	@Test
	void mutualFriendsAndThePathFollowTheFollows() {
		this.ann.follow(this.bob);
		this.ann.get(path()).expect(404);
		befriend(this.ann, this.bob);
		befriend(this.carol, this.bob);
		assertThat(this.ann.allPages(mutualFriends(), "id")).containsExactly(this.bob.id());
		Response path = this.ann.get(path()).expect(200);
		assertThat(path.body().path("length").asInt()).isEqualTo(2);
		assertThat(path.body().path("items").valueStream().map((member) -> member.path("id").asString()))
			.containsExactly(this.ann.id(), this.bob.id(), this.carol.id());
		this.bob.unfollow(this.carol);
		assertThat(this.ann.allPages(mutualFriends(), "id")).isEmpty();
		this.ann.get(path()).expect(404);
	}

	private static void befriend(Member one, Member other) {
		one.follow(other);
		other.follow(one);
	}

	private String mutualFriends() {
		return "/api/v1/graph/members/" + this.carol.id() + "/mutual-friends";
	}

	private String path() {
		return "/api/v1/graph/members/" + this.carol.id() + "/path";
	}

}
