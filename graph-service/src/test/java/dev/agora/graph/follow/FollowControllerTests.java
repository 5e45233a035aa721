package dev.agora.graph.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.graph.GraphApplication;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.WholeResponses;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls the whole service while Kafka is unavailable. */
class FollowControllerTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final IdGenerator ids = new IdGenerator(
			Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC));

	private static TestCallers callers;

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private final MemberCard anna = member("anna");

	private final MemberCard ben = member("ben");

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		callers = TestCallers.of("graph-service");
		service = SpringApplication.run(GraphApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.kafka.bootstrap-servers=127.0.0.1:1", "--agora.kafka.topics=",
				"--agora.kafka.delivery-timeout=1s", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		client = WholeResponses.client("http://127.0.0.1:" + port);
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.commands().requireTargeted(Map.of());
		mongo.commands().requireIndexed(Map.of());
		mongo.close();
	}

	@Test
	void returns204ForRepeatedFollowsAndUnfollows() {
		for (HttpMethod method : new HttpMethod[] { HttpMethod.PUT, HttpMethod.PUT, HttpMethod.DELETE,
				HttpMethod.DELETE, HttpMethod.PUT }) {
			call(method, "/graph/following/" + this.ben.id()).expectStatus().isNoContent();
		}
		call(HttpMethod.GET, "/graph/members/" + this.ben.id()).expectBody().json("""
				{"followers": 1, "following": 0, "friends": 0,
				 "relation": {"following": true, "followedBy": false, "friend": false, "blocked": false}}""");
	}

	@Test
	void showsCountsToAnonymousCallersAndListsToMembersOnly() {
		call(HttpMethod.PUT, "/graph/following/" + this.ben.id());
		client.get()
			.uri("/graph/members/" + this.anna.id())
			.exchange()
			.expectBody()
			.json("{\"followers\": 0, \"following\": 1, \"friends\": 0, \"relation\": null}");
		client.get().uri("/graph/members/" + this.anna.id() + "/following").exchange().expectStatus().isUnauthorized();
		call(HttpMethod.GET, "/graph/members/" + this.anna.id() + "/following").expectBody()
			.json("{\"items\": [{\"id\": \"" + this.ben.id()
					+ "\", \"handle\": \"ben\", \"name\": \"ben\"}], \"next\": null}");
	}

	@Test
	void refusesFollowsOfAndByDeletedMembers() {
		delete(this.ben.id());
		call(HttpMethod.PUT, "/graph/following/" + this.ben.id()).expectStatus().isNotFound();
		call(HttpMethod.GET, "/graph/members/" + this.ben.id()).expectStatus().isNotFound();
		delete(this.anna.id());
		call(HttpMethod.PUT, "/graph/following/" + member("cleo").id()).expectStatus().isUnauthorized();
	}

	@Test
	void returns204ForARepeatedUnfollowOfADeletedMember() {
		call(HttpMethod.PUT, "/graph/following/" + this.ben.id()).expectStatus().isNoContent();
		call(HttpMethod.DELETE, "/graph/following/" + this.ben.id()).expectStatus().isNoContent();
		delete(this.ben.id());
		call(HttpMethod.DELETE, "/graph/following/" + this.ben.id()).expectStatus().isNoContent();
		client.delete()
			.uri("/graph/following/" + this.ben.id())
			.header(Identity.HEADER, callers.identity(member("cleo").id(), "cleo"))
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void refusesFollowsWhileABlockIsActive() {
		for (HttpMethod method : new HttpMethod[] { HttpMethod.PUT, HttpMethod.PUT }) {
			call(method, "/graph/blocks/" + this.ben.id()).expectStatus().isNoContent();
		}
		call(HttpMethod.PUT, "/graph/following/" + this.ben.id()).expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.value((type) -> assertThat(String.valueOf(type)).endsWith("blocked"));
		call(HttpMethod.GET, "/graph/members/" + this.ben.id()).expectBody()
			.json("{\"relation\": {\"blocked\": true}}");
		call(HttpMethod.DELETE, "/graph/blocks/" + this.ben.id()).expectStatus().isNoContent();
		call(HttpMethod.DELETE, "/graph/blocks/" + this.ben.id()).expectStatus().isNoContent();
		call(HttpMethod.PUT, "/graph/following/" + this.ben.id()).expectStatus().isNoContent();
	}

	@Test
	void returns204ForARepeatedUnblockOfADeletedMember() {
		call(HttpMethod.PUT, "/graph/blocks/" + this.ben.id()).expectStatus().isNoContent();
		delete(this.ben.id());
		call(HttpMethod.DELETE, "/graph/blocks/" + this.ben.id()).expectStatus().isNoContent();
		call(HttpMethod.PUT, "/graph/blocks/" + this.ben.id()).expectStatus().isNotFound();
		call(HttpMethod.PUT, "/graph/blocks/" + this.anna.id()).expectStatus().isEqualTo(422);
	}

	@Test
	void showsTheRelationOfAMemberToThemselves() {
		call(HttpMethod.GET, "/graph/members/" + this.anna.id()).expectBody()
			.jsonPath("$.relation.following")
			.isEqualTo(false);
	}

	@Test
	void returns422ForAFollowOfOneself() {
		call(HttpMethod.PUT, "/graph/following/" + this.anna.id()).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("memberId");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000000000", "nobody", "a:b" })
	void returns404ForAnUnknownMember(String id) {
		call(HttpMethod.PUT, "/graph/following/" + id).expectStatus().isNotFound();
		call(HttpMethod.DELETE, "/graph/following/" + id).expectStatus().isNotFound();
		call(HttpMethod.PUT, "/graph/blocks/" + id).expectStatus().isNotFound();
		call(HttpMethod.DELETE, "/graph/blocks/" + id).expectStatus().isNotFound();
		call(HttpMethod.GET, "/graph/members/" + id).expectStatus().isNotFound();
		call(HttpMethod.GET, "/graph/members/" + id + "/friends").expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "limit=x,limit", "cursor=x,cursor" })
	void returns400WithTheInvalidParameter(String query, String field) {
		call(HttpMethod.GET, "/graph/members/" + this.ben.id() + "/followers?" + query).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	@Test
	void returns400ForAnUnknownConsistency() {
		client.get()
			.uri("/graph/members/" + this.ben.id())
			.header("Consistency", "perfect")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	private ResponseSpec call(HttpMethod method, String uri) {
		return client.method(method)
			.uri(uri)
			.header(Identity.HEADER, callers.identity(this.anna.id(), this.anna.handle()))
			.exchange();
	}

	private static void delete(String memberId) {
		TestProjections.deleteMember(service.getBean(DocumentStore.class), memberId, 2).block();
	}

	private static MemberCard member(String handle) {
		MemberCard card = new MemberCard(ids.next(), handle, handle);
		TestProjections.upsertMember(service.getBean(DocumentStore.class), card, 1).block();
		return card;
	}

}
