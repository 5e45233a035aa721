package dev.agora.graph.mutual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;

import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.Shared;

import static org.assertj.core.api.Assertions.assertThat;

/** Faults that lists of common friends had in other systems. */
@ExtendWith(Shared.class)
class MutualFriendsChangesTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static StartedMutualService service;

	private final MemberCard anna = service.member("anna", "anna");

	private final MemberCard ben = service.member("ben", "ben");

	private final List<MemberCard> common = IntStream.range(0, 3)
		.mapToObj((number) -> service.member("friend" + number, "friend " + number))
		.toList();

	@BeforeAll
	static void share(StartedMutualService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check();
	}

	@BeforeEach
	void befriend() {
		for (MemberCard friend : this.common) {
			service.befriend(this.anna, friend);
			service.befriend(this.ben, friend);
		}
		assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(1), id(0));
	}

	@Test
	void leavesOutAFriendWhoBlocksTheOtherMember() {
		service.block(this.common.get(1), this.ben);
		assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(0));
		assertThat(ids(list(this.ben, this.anna, ""))).containsExactly(id(2), id(0));
	}

	@Test
	void listsTheOwnFriendsAsMutualFriendsWithOneself() {
		service.befriend(this.anna, this.ben);
		assertThat(ids(list(this.anna, this.anna, ""))).containsExactly(id(2), id(1), id(0), this.ben.id());
		assertThat(ids(list(this.anna, this.ben, ""))).doesNotContain(this.anna.id(), this.ben.id());
	}

	@Test
	void hasNoNextPageWhenThePageIsExactlyFull() {
		assertThat(list(this.anna, this.ben, "?limit=3").path("next").isNull()).isTrue();
		assertThat(list(this.anna, this.ben, "?limit=2").path("next").asString()).isEqualTo(id(1));
		JsonNode last = list(this.anna, this.ben, "?limit=1&cursor=" + id(1));
		assertThat(ids(last)).containsExactly(id(0));
		assertThat(last.path("next").isNull()).isTrue();
	}

	@Test
	void continuesAfterAPageWhoseLastMemberIsDeleted() {
		members().remove(id(1), 2).block(BOUND);
		await().untilAsserted(() -> assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(0)));
		JsonNode first = list(this.anna, this.ben, "?limit=2");
		assertThat(ids(first)).startsWith(id(2)).doesNotContain(id(1));
		List<String> all = new ArrayList<>(ids(first));
		if (!first.path("next").isNull()) {
			all.addAll(ids(list(this.anna, this.ben, "?limit=2&cursor=" + first.path("next").asString())));
		}
		assertThat(all).containsExactly(id(2), id(0));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readsPastAKeyOfAnotherType(boolean own) {
		String key = "graph:friends:v1:{" + (own ? this.anna : this.ben).id() + "}";
		service.redis().ask("DEL " + key, "SET " + key + " text");
		assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(1), id(0));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void takesNoMissingSetForAnEmptyOne(boolean own) {
		service.redis().ask("DEL graph:friends:v1:{" + (own ? this.anna : this.ben).id() + "}");
		assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(1), id(0));
	}

	@Test
	void takesNoPartOfASetForTheWholeSet() {
		service.redis().ask("SREM graph:friends:v1:{" + this.ben.id() + "} 0");
		assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(1), id(0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "\"\"", "-1" })
	void readsPastAnElementThatIsNoId(String element) {
		service.redis()
			.ask("SADD graph:friends:v1:{" + this.anna.id() + "} " + element,
					"SADD graph:friends:v1:{" + this.ben.id() + "} " + element);
		assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(1), id(0));
	}

	@Test
	void keepsNoNameOfADeletedMember() {
		members().remove(id(0), 2).block(BOUND);
		await().untilAsserted(() -> assertThat(ids(list(this.anna, this.ben, ""))).containsExactly(id(2), id(1)));
	}

	@Test
	void showsANewNameThatJsonMustEscape() {
		String name = "\"Zoë\" \\ \u2028 👩‍👧";
		members().upsert(id(2), 2, new MemberCard(id(2), "friend2", name)).block(BOUND);
		await().untilAsserted(
				() -> assertThat(list(this.anna, this.ben, "").at("/items/0/name").asString()).isEqualTo(name));
	}

	@Test
	void givesEachOfManyViewersTheirOwnList() {
		MemberCard cleo = service.member("cleo", "cleo");
		service.befriend(cleo, this.common.get(1));
		List<MemberCard> viewers = List.of(this.anna, cleo, this.common.get(0));
		List<List<String>> expected = List.of(List.of(id(2), id(1), id(0)), List.of(id(1)), List.of());
		IntStream.range(0, 60)
			.parallel()
			.forEach((number) -> assertThat(ids(list(viewers.get(number % 3), this.ben, "")))
				.isEqualTo(expected.get(number % 3)));
	}

	private String id(int number) {
		return this.common.get(number).id();
	}

	private static JsonNode list(MemberCard viewer, MemberCard member, String query) {
		return service.call(viewer, HttpMethod.GET, "/graph/members/" + member.id() + "/mutual-friends" + query)
			.expectStatus()
			.isOk()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
	}

	private static List<String> ids(JsonNode page) {
		return StreamSupport.stream(page.path("items").spliterator(), false)
			.map((card) -> card.path("id").asString())
			.toList();
	}

	private static Reconciler<MemberCard> members() {
		return service.context().getBeanProvider(new ParameterizedTypeReference<Reconciler<MemberCard>>() {
		}).getObject();
	}

	/** Shorter than the lifetime of a card in the cache. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(20));
	}

}
