package dev.agora.session.login;

import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.testing.Shared;

import static dev.agora.session.login.TestLogins.PASSWORD;
import static dev.agora.session.login.TestLogins.member;
import static org.assertj.core.api.Assertions.assertThat;

/** Logs in with right and wrong passwords, and lists the sessions. */
@ExtendWith(Shared.class)
class LoginControllerTests {

	private static TestLogins logins;

	private String handle = "";

	@BeforeAll
	static void share(TestLogins shared) {
		logins = shared;
	}

	@BeforeEach
	void register() {
		this.handle = logins.register();
	}

	@Test
	void listsTheAddressesOfSessions() {
		String token = token(logIn(PASSWORD, "2001:db8:0:0:0:0:0:7"));
		logIn(PASSWORD, "203.0.113.7, 198.51.100.1");
		logins.client()
			.get()
			.uri("/sessions")
			.header(Identity.HEADER, identity(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[0].address")
			.isEmpty()
			.jsonPath("$.items[1].address")
			.isEqualTo("2001:db8::7")
			.jsonPath("$.items[1].current")
			.isEqualTo(true);
	}

	@Test
	void returnsTheMemberOfAnIdentity() {
		JsonNode login = json(logIn(PASSWORD, "203.0.113.7"));
		logins.client()
			.post()
			.uri("/internal/identities")
			.bodyValue(Map.of("token", login.path("token").asString(), "audience", "feed-service"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.memberId")
			.isEqualTo(login.at("/member/id").asString())
			.jsonPath("$.expiresAt")
			.isNotEmpty();
	}

	@Test
	void returns429WithRetryAfterAfterTenFailures() {
		for (int i = 0; i < 10; i++) {
			assertThat(logIn("another password", "203.0.113.66").getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
		}
		EntityExchangeResult<byte[]> refused = logIn(PASSWORD, "203.0.113.66");
		assertThat(refused.getStatus()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
		assertThat(refused.getResponseHeaders().getFirst("Retry-After")).matches("8[0-9]{2}|900");
		assertThat(json(refused).path("type").asString()).isEqualTo("urn:agora:problem:too-many-attempts");
		assertThat(logIn(PASSWORD, "203.0.113.67").getStatus()).isEqualTo(HttpStatus.CREATED);
	}

	@Test
	void returnsTheSameProblemForAWrongPasswordAndAnUnknownHandle() {
		JsonNode wrong = json(logIn("another password", "203.0.113.7"));
		this.handle = "nobody_" + this.handle;
		JsonNode unknown = json(logIn("another password", "203.0.113.7"));
		assertThat(unknown.path("detail")).isEqualTo(wrong.path("detail"));
		assertThat(unknown.path("type")).isEqualTo(wrong.path("type"));
		assertThat(unknown.path("status")).isEqualTo(wrong.path("status"));
	}

	@ParameterizedTest
	@CsvSource({ "mañana mañana,man\u0303ana man\u0303ana", "man\u0303ana man\u0303ana,mañana\u00a0mañana",
			"a password to know,a\u3000password\u2003to\u00a0know", "가각간갇갈갉갊감갑값,\u1100\u1161각간갇갈갉갊감갑값" })
	void acceptsAPasswordTypedOnAnotherKeyboard(String registered, String typed) {
		this.handle = logins.newHandle();
		logins.client()
			.post()
			.uri("/members")
			.bodyValue(member(this.handle, registered))
			.exchange()
			.expectStatus()
			.isCreated();
		assertThat(logIn(typed, "203.0.113.7").getStatus()).isEqualTo(HttpStatus.CREATED);
		assertThat(logIn(registered, "203.0.113.7").getStatus()).isEqualTo(HttpStatus.CREATED);
		assertThat(logIn(typed.toUpperCase(Locale.ROOT) + "!", "203.0.113.7").getStatus())
			.isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	private EntityExchangeResult<byte[]> logIn(String password, String from) {
		return logins.client()
			.post()
			.uri("/sessions")
			.header("X-Forwarded-For", from)
			.bodyValue(Map.of("handle", this.handle, "password", password))
			.exchange()
			.expectBody()
			.returnResult();
	}

	private String identity(String token) {
		return json(logins.client()
			.post()
			.uri("/internal/identities")
			.bodyValue(Map.of("token", token, "audience", "session-service"))
			.exchange()
			.expectBody()
			.returnResult()).path("identity").asString();
	}

	private static String token(EntityExchangeResult<byte[]> login) {
		return json(login).path("token").asString();
	}

	private static JsonNode json(EntityExchangeResult<byte[]> response) {
		return JsonMapper.shared().readTree(response.getResponseBodyContent());
	}

}
