package dev.agora.graph.mutual;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.graph.GraphApplication;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.testing.WholeResponses;

/** Calls the whole service, with Redis, for mutual friends and paths. */
class MutualFriendsControllerTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	private static final IdGenerator ids = new IdGenerator(
			Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC));

	private static TestCallers callers;

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private final MemberCard anna = member("anna");

	private final MemberCard ben = member("ben");

	private final MemberCard cleo = member("cleo");

	private final MemberCard dan = member("dan");

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		callers = TestCallers.of("graph-service");
		service = SpringApplication.run(GraphApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.redis.address=" + redis.address(), "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		client = WholeResponses.client("http://127.0.0.1:" + port);
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.commands()
			.requireTargeted(Map.of("find follows by _id, removedAt", "a block reads both follows by their ids"));
		mongo.commands()
			.requireIndexed(
					Map.of("find ties by _id, owner in order [_id=1]", "the ids are a range, that of one owner"));
		redis.close();
		mongo.close();
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
			int before = mongo.count("find", "ties") + mongo.count("find", "members");
			mutual(this.ben, "", "session").expectBody().jsonPath("$.items.length()").isEqualTo(2);
			return mongo.count("find", "ties") + mongo.count("find", "members") == before;
		});
	}

	@Test
	void showsTheNewNameOfAFriend() {
		mutual(this.ben, "?limit=1", "session").expectBody().jsonPath("$.items[0].name").isEqualTo("dan");
		service.getBeanProvider(new ParameterizedTypeReference<Reconciler<MemberCard>>() {
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
		client.get().uri("/graph/members/" + this.ben.id() + "/" + what).exchange().expectStatus().isUnauthorized();
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
		return client.get()
			.uri("/graph/members/" + member.id() + "/mutual-friends" + query)
			.header(Identity.HEADER, callers.identity(this.anna.id(), this.anna.handle()))
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
		return client.method(method)
			.uri(uri)
			.header(Identity.HEADER, callers.identity(caller.id(), caller.handle()))
			.exchange();
	}

	private static MemberCard member(String handle) {
		MemberCard card = new MemberCard(ids.next(), handle, handle);
		TestProjections.upsertMember(service.getBean(DocumentStore.class), card, 1).block();
		return card;
	}

}
