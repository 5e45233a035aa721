package dev.agora.graph.mutual;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.Shared;

/** Calls the whole service, with Redis, for mutual friends and paths. */
@ExtendWith(Shared.class)
class MutualFriendsControllerTests {

	private static StartedMutualService service;

	private final MemberCard anna = member("anna");

	private final MemberCard ben = member("ben");

	private final MemberCard cleo = member("cleo");

	private final MemberCard dan = member("dan");

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
		befriend(this.anna, this.cleo);
		befriend(this.ben, this.cleo);
		befriend(this.anna, this.dan);
		befriend(this.ben, this.dan);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void listsMutualFriendsPageByPage(String consistency) {
		mutual(this.ben, "?limit=1", consistency).expectBody()
			.json("{\"items\": [{\"id\": \"%s\", \"handle\": \"dan\", \"name\": \"dan\"}], \"next\": \"%s\"}"
				.formatted(this.dan.id(), this.dan.id()));
		mutual(this.ben, "?limit=1&cursor=" + this.dan.id(), consistency).expectBody()
			.json("{\"items\": [{\"id\": \"%s\", \"handle\": \"cleo\", \"name\": \"cleo\"}], \"next\": null}"
				.formatted(this.cleo.id()));
	}

	@Test
	void showsTheCallersOwnChangesAtOnce() {
		mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(2);
		call(this.anna, HttpMethod.DELETE, "/graph/following/" + this.dan.id()).expectStatus().isNoContent();
		mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(1);
		call(this.anna, HttpMethod.PUT, "/graph/following/" + this.dan.id()).expectStatus().isNoContent();
		mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(2);
	}

	@Test
	void leavesOutWhomABlockHides() {
		mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(2);
		call(this.dan, HttpMethod.PUT, "/graph/blocks/" + this.anna.id()).expectStatus().isNoContent();
		mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(1);
		mutual(this.ben, "", "strong").expectBody().jsonPath("$.items.length()").isEqualTo(1);
	}

	@Test
	void readsFromRedisAlone() {
		await().until(() -> {
			mutual(this.ben, "", "session").expectStatus().isOk();
			int before = service.mongo().count("find", "ties") + service.mongo().count("find", "members");
			mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(2);
			return service.mongo().count("find", "ties") + service.mongo().count("find", "members") == before;
		});
	}

	@Test
	void showsTheNewNameOfAFriend() {
		mutual(this.ben, "?limit=1", "session").expectBody().jsonPath("$.items[0].name").isEqualTo("dan");
		service.context().getBeanProvider(new ParameterizedTypeReference<Reconciler<MemberCard>>() {
		}).getObject().upsert(this.dan.id(), 2, new MemberCard(this.dan.id(), "dan", "daniel")).block();
		await().untilAsserted(() -> mutual(this.ben, "?limit=1", "session").expectBody()
			.jsonPath("$.items[0].name")
			.isEqualTo("daniel"));
	}

	@Test
	void findsAPathAroundWhomABlockHides() {
		path(this.ben).expectStatus().isOk().expectBody().jsonPath("$.length").isEqualTo(2);
		call(this.cleo, HttpMethod.PUT, "/graph/blocks/" + this.anna.id()).expectStatus().isNoContent();
		path(this.ben).expectBody()
			.json("{\"length\": 2, \"items\": [{\"id\": \"%s\"}, {\"id\": \"%s\"}, {\"id\": \"%s\"}]}"
				.formatted(this.anna.id(), this.dan.id(), this.ben.id()));
		path(this.cleo).expectStatus().isNotFound();
	}

	@Test
	void returns404ForAMemberWhomNoPathLeadsTo() {
		MemberCard eve = member("eve");
		call(eve, HttpMethod.PUT, "/graph/following/" + this.anna.id()).expectStatus().isNoContent();
		path(eve).expectStatus().isNotFound();
	}

	@Test
	void showsThePathToOneself() {
		path(this.anna).expectBody().jsonPath("$.length").isEqualTo(0).jsonPath("$.items.length()").isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mutual-friends", "path" })
	void requiresASessionAndAMember(String what) {
		service.client()
			.get()
			.uri("/graph/members/" + this.ben.id() + "/" + what)
			.exchange()
			.expectStatus()
			.isUnauthorized();
		for (String unknown : new String[] { "0000000000000", "nobody", "a:b" }) {
			call(this.anna, HttpMethod.GET, "/graph/members/" + unknown + "/" + what).expectStatus().isNotFound();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=101", "cursor=x" })
	void returns400ForAnInvalidPage(String query) {
		mutual(this.ben, "?" + query, "session").expectStatus().isBadRequest();
	}

	private ResponseSpec mutual(MemberCard member, String query, String consistency) {
		return service.client()
			.get()
			.uri("/graph/members/" + member.id() + "/mutual-friends" + query)
			.header(Identity.HEADER, service.identity(this.anna))
			.header("Consistency", consistency)
			.exchange();
	}

	/** Shorter than the lifetime of a card in the cache. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

	private ResponseSpec path(MemberCard member) {
		return call(this.anna, HttpMethod.GET, "/graph/members/" + member.id() + "/path");
	}

	private static void befriend(MemberCard one, MemberCard other) {
		call(one, HttpMethod.PUT, "/graph/following/" + other.id()).expectStatus().isNoContent();
		call(other, HttpMethod.PUT, "/graph/following/" + one.id()).expectStatus().isNoContent();
	}

	private static ResponseSpec call(MemberCard caller, HttpMethod method, String uri) {
		return service.call(caller, method, uri);
	}

	private static MemberCard member(String handle) {
		return service.member(handle, handle);
	}

}
