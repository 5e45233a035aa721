package dev.agora.system;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A member finds members whom they may know. */
class SuggestionsJourney {

	private static final String SUGGESTIONS = "/api/v1/graph/suggestions";

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private final Member car = Member.register(this.gateway, "Car");

	private final List<Member> near = Stream.generate(() -> Member.register(this.gateway, "Near")).limit(3).toList();

	@Test
	void suggestsFriendsOfFriendsUntilTheMemberFollowsOrDismissesThem() {
		assertThat(list().path("items")).isEmpty();
		befriend(this.ann, this.bob);
		befriend(this.ann, this.car);
		this.near.forEach((each) -> befriend(this.bob, each));
		befriend(this.car, this.near.get(1));
		JsonNode first = list();
		assertThat(ids(first)).hasSize(3).startsWith(this.near.get(1).id());
		assertThat(first.at("/items/0/mutual").asInt()).isEqualTo(2);
		assertThat(first.path("complete").asBoolean()).isTrue();
		this.ann.follow(this.near.get(1));
		this.ann.send("DELETE", SUGGESTIONS + "/" + this.near.get(0).id(), null).expect(204);
		this.ann.send("DELETE", SUGGESTIONS + "/" + this.near.get(0).id(), null).expect(204);
		assertThat(ids(list())).containsExactly(this.near.get(2).id());
		this.near.get(2).send("PUT", "/api/v1/graph/blocks/" + this.ann.id(), null).expect(204);
		assertThat(ids(list())).isEmpty();
	}

	private static void befriend(Member one, Member other) {
		one.follow(other);
		other.follow(one);
	}

	private JsonNode list() {
		return this.ann.get(SUGGESTIONS).expect(200).body();
	}

	private static List<String> ids(JsonNode page) {
		return page.path("items").valueStream().map((item) -> item.at("/member/id").asString()).toList();
	}

}
