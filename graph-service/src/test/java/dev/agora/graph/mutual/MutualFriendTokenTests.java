package dev.agora.graph.mutual;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.graph.edge.Follow;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.platform.consistency.ConsistencyToken;
import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.consistency.TokenCodec;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.Shared;
import dev.agora.platform.web.Consistency;

/**
 * Reads mutual friends with tokens, for both media types: the filter serves one of them
 * and the controller the other. The cached sets have a friend whom MongoDB does not have.
 */
@ExtendWith(Shared.class)
class MutualFriendTokenTests {

	private static final String NEGOTIATED = "application/json;q=0.9";

	private static StartedMutualService service;

	private final MemberCard anna = service.member("anna", "anna");

	private final MemberCard ben = service.member("ben", "ben");

	private final MemberCard cleo = service.member("cleo", "cleo");

	@BeforeAll
	static void share(StartedMutualService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check();
	}

	@BeforeEach
	void cacheAFriendTooMany() {
		service.befriend(this.anna, this.ben);
		read("session", "application/json").expectBody().jsonPath("$.items.length()").isEqualTo(0);
		long cleo = IdGenerator.toNumber(this.cleo.id());
		for (MemberCard member : List.of(this.anna, this.ben)) {
			service.redis().ask("SADD graph:friends:v1:{" + member.id() + "} " + cleo);
		}
		read("session", "application/json").expectBody().jsonPath("$.items.length()").isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", NEGOTIATED })
	void theStoreServesAReadWhileTheSetsMayLackAWrite(String accept) {
		for (String level : List.of("session", "strong")) {
			read(level, accept, token(1)).expectStatus().isOk().expectBody().jsonPath("$.items.length()").isEqualTo(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", NEGOTIATED })
	void returns503RatherThanASetWithoutAWrite(String accept) {
		read("session", accept, token(99)).expectStatus().isEqualTo(503).expectHeader().exists(HttpHeaders.RETRY_AFTER);
	}

	@Test
	void theSetsServeAReadThatAcceptsAnyCopy() {
		read("eventual", "application/json", token(99)).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1);
	}

	/** A token with a version of the follow of Ben by Anna. */
	private String token(long version) {
		SeenWrite write = new SeenWrite(Follow.id(this.anna.id(), this.ben.id()), version, System.currentTimeMillis());
		return TokenCodec.encode(ConsistencyToken.NONE.with(FollowEdges.TOPIC, List.of(write)));
	}

	private ResponseSpec read(String level, String accept, String... token) {
		return service.client().get().uri("/graph/members/" + this.ben.id() + "/mutual-friends").headers((headers) -> {
			headers.set(Identity.HEADER, service.identity(this.anna));
			headers.set(HttpHeaders.ACCEPT, accept);
			headers.set(Consistency.HEADER, level);
			List.of(token).forEach((sent) -> headers.set(ConsistencyToken.HEADER, sent));
		}).exchange();
	}

}
