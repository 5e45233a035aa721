package dev.agora.session.account;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.session.account.TestAccounts.Account;
import dev.agora.session.member.MemberEvent;
import dev.agora.session.member.Members;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators on the management port of the whole service. Redis is unavailable, so that
 * each change has to be read from the database.
 */
class OperatorsTests {

	private static TestAccounts accounts;

	private Account ada;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		accounts = new TestAccounts(directory);
	}

	@AfterAll
	static void stop() {
		accounts.close();
	}

	@BeforeEach
	void register() {
		this.ada = accounts.register();
	}

	@Test
	void aGrantAndARevocationReachOpenSessions() throws ParseException {
		String token = TestAccounts.text(this.ada.logIn(), "token");
		assertThat(isOperator(token)).isFalse();
		grant(this.ada.handle()).expectStatus().isOk().expectBody().jsonPath("$.since").isNotEmpty();
		assertThat(isOperator(token)).isTrue();
		assertThat(isOperator(TestAccounts.text(this.ada.logIn(), "token"))).isTrue();
		revoke(this.ada.handle()).expectStatus().isOk().expectBody().jsonPath("$.since").isEmpty();
		assertThat(isOperator(token)).isFalse();
		assertThat(isOperator(TestAccounts.text(this.ada.logIn(), "token"))).isFalse();
	}

	@Test
	void aRenamedOperatorStaysAnOperator() throws ParseException {
		grant(this.ada.handle()).expectStatus().isOk();
		String token = TestAccounts.text(this.ada.logIn(), "token");
		this.ada.rename("*", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertThat(isOperator(token)).isTrue();
	}

	@Test
	void repeatedCallsChangeNothing() {
		String since = TestAccounts.text(grant(this.ada.handle()), "since");
		assertThat(TestAccounts.text(grant(this.ada.handle()), "since")).isEqualTo(since);
		assertThat(handles()).containsOnlyOnce(this.ada.handle());
		revoke(this.ada.handle()).expectStatus().isOk();
		revoke(this.ada.handle()).expectStatus().isOk();
		assertThat(handles()).doesNotContain(this.ada.handle());
		accounts.client().get().uri("/members/" + this.ada.id()).exchange().expectHeader().valueEquals("ETag", "\"3\"");
	}

	@Test
	void theListenerCompletesACallThatDiedAfterItsWrite() throws ParseException {
		String token = TestAccounts.text(this.ada.logIn(), "token");
		accounts.bean(Members.class).grantOperator(this.ada.id()).block();
		assertThat(isOperator(token)).isFalse();
		accounts.deliver(this.ada.id(), 2, new MemberEvent.OperatorGranted(this.ada.handle(), Instant.now()));
		assertThat(isOperator(token)).isTrue();
		accounts.bean(Members.class).revokeOperator(this.ada.id()).block();
		accounts.deliver(this.ada.id(), 3, new MemberEvent.OperatorRevoked(this.ada.handle()));
		assertThat(isOperator(token)).isFalse();
		accounts.deliver(this.ada.id(), 2, new MemberEvent.OperatorGranted(this.ada.handle(), Instant.now()));
		assertThat(isOperator(token)).isFalse();
	}

	@Test
	void aDeletedMemberIsNoOperator() {
		grant(this.ada.handle()).expectStatus().isOk();
		this.ada.delete(null).expectStatus().isNoContent();
		assertThat(handles()).doesNotContain(this.ada.handle());
		grant(this.ada.handle()).expectStatus().isNotFound();
		revoke(this.ada.handle()).expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"handle\": \"Ada\"}", "{\"handle\": \"ad\"}", "{\"handle\": \"a b c\"}", "{}", "[]",
			"{\"handle\": null}", "{\"handle\": {\"$ne\": 1}}", "{\"handle\": \"ada\\n\"}" })
	void refusesWhatIsNoHandle(String body) {
		send(body, MediaType.APPLICATION_JSON).expectStatus().isBadRequest();
	}

	@Test
	void anUnknownHandleGetsTheReason() {
		grant("nobody_1").expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There is no member with the handle nobody_1.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data" })
	void refusesWhatAWebPageCanSend(String type) {
		send("{\"handle\": \"" + this.ada.handle() + "\"}", MediaType.parseMediaType(type)).expectStatus()
			.isEqualTo(415);
		assertThat(handles()).doesNotContain(this.ada.handle());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/operators", "/operators", "/members/operators", "/internal/operators" })
	void thePublicPortHasNoSuchEndpoint(String path) {
		accounts.client()
			.post()
			.uri(path)
			.bodyValue(Map.of("handle", this.ada.handle()))
			.exchange()
			.expectStatus()
			.value((status) -> assertThat(status).isIn(404, 405));
		assertThat(handles()).doesNotContain(this.ada.handle());
	}

	private static ResponseSpec grant(String handle) {
		return send("{\"handle\": \"" + handle + "\"}", MediaType.APPLICATION_JSON);
	}

	private static ResponseSpec send(String body, MediaType type) {
		return accounts.management().post().uri("/actuator/operators").contentType(type).bodyValue(body).exchange();
	}

	private static ResponseSpec revoke(String handle) {
		return accounts.management().delete().uri("/actuator/operators/" + handle).exchange();
	}

	private static List<String> handles() {
		JsonNode list = accounts.management()
			.get()
			.uri("/actuator/operators")
			.exchange()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(list)
			.path("items")
			.valueStream()
			.map((it) -> it.path("handle").asString())
			.toList();
	}

	private static boolean isOperator(String token) throws ParseException {
		String identity = TestAccounts.text(accounts.identify(token).expectStatus().isOk(), "identity");
		return Boolean.TRUE.equals(SignedJWT.parse(identity).getJWTClaimsSet().getBooleanClaim("op"));
	}

}
