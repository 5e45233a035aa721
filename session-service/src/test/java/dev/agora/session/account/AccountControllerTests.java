package dev.agora.session.account;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.session.account.TestAccounts.Account;
import dev.agora.session.member.MemberEvent;
import dev.agora.session.member.Members;

import static dev.agora.session.account.TestAccounts.PASSWORD;
import static dev.agora.session.account.TestAccounts.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Calls the whole service while Redis and Kafka are unavailable. */
class AccountControllerTests {

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
	void registerMember() {
		this.ada = accounts.register();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/merge-patch+json" })
	void returnsTheNewNameAndItsVersion(String type) {
		String etag = etag(this.ada.get("/members/me"));
		this.ada.rename(type, etag, "{\"name\": \"Ada Lovelace\"}")
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"2\"")
			.expectBody()
			.jsonPath("$.name")
			.isEqualTo("Ada Lovelace")
			.jsonPath("$.handle")
			.isEqualTo(this.ada.handle());
		assertThat(text(this.ada.get("/members/" + this.ada.id()), "name")).isEqualTo("Ada Lovelace");
	}

	@Test
	void keepsTheVersionWhenTheNameIsTheSame() {
		this.ada.rename("\"1\"", "{\"name\": \"Ada\"}")
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"");
	}

	@Test
	void publishesAChangeOfSessionsOnlyForANewName() {
		this.ada.logIn().expectStatus().isCreated();
		double before = unpublished();
		this.ada.rename("*", "{\"name\": \"Ada\"}").expectStatus().isOk();
		assertThat(unpublished()).isEqualTo(before);
		this.ada.rename("*", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertThat(unpublished()).isEqualTo(before + 1);
	}

	@Test
	void returns429WhenTheNameIsChangedTooOften() {
		for (int i = 0; i < 10; i++) {
			this.ada.rename("*", "{\"name\": \"Ada " + i + "\"}").expectStatus().isOk();
		}
		this.ada.rename("*", "{\"name\": \"Ada L.\"}")
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.value(HttpHeaders.RETRY_AFTER, (wait) -> assertThat(Integer.parseInt(wait)).isBetween(3500, 3600))
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:renamed-too-often");
		this.ada.rename("*", "{\"name\": \"Ada 9\"}").expectStatus().isOk();
	}

	@Test
	void requiresTheCurrentVersionInIfMatch() {
		assertRefused(this.ada.rename(null, "{\"name\": \"Ada L.\"}"), 428, "If-Match");
		assertRefused(this.ada.rename("1", "{\"name\": \"Ada L.\"}"), 400, "If-Match");
		this.ada.rename("\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertRefused(this.ada.rename("\"1\"", "{\"name\": \"Ada M.\"}"), 412, "If-Match");
		assertThat(text(this.ada.get("/members/me"), "name")).isEqualTo("Ada L.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name": ""}                     | name
			{"name": "  "}                   | name
			{"name": "a\\u0000"}             | name
			{"name": "a\\nb"}                | name
			{"name": "\\ud83d"}              | name
			{"name": null}                   | name
			{"name": 7}                      | name
			{}                               | name
			{"name": "Ada", "handle": "eve"} | handle
			{"name": "Ada", "password": "x"} | password
			{"name":                         | body
			[]                               | body
			""")
	void namesTheInvalidField(String body, String field) {
		assertRefused(this.ada.rename("\"1\"", body), 400, field);
		assertThat(text(this.ada.get("/members/me"), "name")).isEqualTo("Ada");
	}

	@Test
	void acceptsANameOfAtMost100Characters() {
		assertRefused(this.ada.rename("\"1\"", "{\"name\": \"" + "x".repeat(101) + "\"}"), 400, "name");
		this.ada.rename("\"1\"", "{\"name\": \"" + "x".repeat(100) + "\"}").expectStatus().isOk();
	}

	@Test
	void returns415ForOtherContentTypes() {
		this.ada.rename("text/plain", "\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isEqualTo(415);
		this.ada.rename("application/json-patch+json", "\"1\"", "[]").expectStatus().isEqualTo(415);
	}

	@Test
	void returns401WithoutASession() {
		accounts.client()
			.patch()
			.uri("/members/me")
			.header("Content-Type", "application/json")
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		accounts.client().delete().uri("/members/me").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void aDeletedMemberIsNotFoundAndCannotLogIn() {
		this.ada.logIn().expectStatus().isCreated();
		this.ada.delete(null).expectStatus().isNoContent().expectHeader().value(HttpHeaders.SET_COOKIE, (cookie) -> {
			assertThat(cookie).startsWith("__Host-agora=;").contains("Max-Age=0");
		});
		for (String path : List.of("/members/" + this.ada.id(), "/members/me",
				"/members?handle=" + this.ada.handle())) {
			this.ada.get(path).expectStatus().isNotFound();
		}
		this.ada.logIn().expectStatus().isUnauthorized();
		accounts.register(this.ada.handle())
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:handle-taken");
		this.ada.delete(null).expectStatus().isNoContent();
		this.ada.rename("\"1\"", "{\"name\": \"Back\"}").expectStatus().isNotFound();
	}

	@Test
	void aRepeatedRegistrationRevealsNothingAboutThePassword() {
		String other = "n_" + this.ada.handle();
		String first = text(accounts.registerWithKey(other, "Eve", PASSWORD).expectStatus().isCreated(), "id");
		assertThat(text(accounts.registerWithKey(other, "Eve", PASSWORD).expectStatus().isCreated(), "id"))
			.isEqualTo(first);
		assertThat(text(accounts.registerWithKey(other, "Eve", "another password").expectStatus().isCreated(), "id"))
			.isEqualTo(first);
		accounts.logIn(other, "another password").expectStatus().isUnauthorized();
		accounts.logIn(other, PASSWORD).expectStatus().isCreated();
		accounts.registerWithKey(other, "Eva", PASSWORD).expectStatus().isEqualTo(422);
	}

	@Test
	void theSameIdempotencyKeyRegistersTwoHandles() {
		String id = text(accounts.registerWithKey("o_" + this.ada.handle(), "Eve", PASSWORD), "id");
		assertThat(text(accounts.registerWithKey("p_" + this.ada.handle(), "Eve", PASSWORD), "id")).isNotEmpty()
			.isNotEqualTo(id);
	}

	@Test
	void endingASessionAgainReturnsTheSameResponse() {
		String session = text(this.ada.logIn(), "id");
		for (int i = 0; i < 2; i++) {
			this.ada.endSession(session).expectStatus().isNoContent();
		}
		this.ada.withId("0000000000001").endSession(session).expectStatus().isNotFound();
		this.ada.endSession("0000000000001").expectStatus().isNotFound();
	}

	@Test
	void endsTheSessionsOfADeletedMember() {
		String token = text(this.ada.logIn(), "token");
		accounts.identify(token).expectStatus().isOk();
		this.ada.delete("\"1\"").expectStatus().isNoContent();
		accounts.identify(token).expectStatus().isNotFound();
	}

	@Test
	void returns412WhenADeletionNamesAnotherVersion() {
		assertRefused(this.ada.delete("\"9\""), 412, "If-Match");
		this.ada.get("/members/me").expectStatus().isOk();
	}

	@Test
	void theNextIdentityHasTheNewName() throws ParseException {
		String token = text(this.ada.logIn(), "token");
		this.ada.rename("\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertThat(claims(text(accounts.identify(token), "identity"))).contains("\"name\":\"Ada L.\"", "\"ver\":2");
	}

	@Test
	void theListenerCompletesWhatADeadWriterLeftUndone() throws ParseException {
		String token = text(this.ada.logIn(), "token");
		Members members = accounts.bean(Members.class);
		members.rename(this.ada.id(), IfMatch.parse("*").orElseThrow(), "Ada L.").block();
		MemberEvent renamed = new MemberEvent.Renamed(this.ada.handle(), "Ada L.");
		accounts.deliver(this.ada.id(), 2, renamed);
		accounts.deliver(this.ada.id(), 2, renamed);
		assertThat(claims(text(accounts.identify(token), "identity"))).contains("\"name\":\"Ada L.\"");
		members.delete(this.ada.id(), Optional.empty()).block();
		accounts.deliver(this.ada.id(), 2, renamed);
		accounts.identify(token).expectStatus().isNotFound();
		accounts.deliver(this.ada.id(), 3, new MemberEvent.Deleted(this.ada.handle()));
		accounts.identify(token).expectStatus().isNotFound();
	}

	/** The queue that grows by each publication while Redis is unavailable. */
	private static double unpublished() {
		return accounts.bean(MeterRegistry.class).get("session.revocations.untold").gauge().value();
	}

	private static String claims(String jwt) throws ParseException {
		return SignedJWT.parse(jwt).getPayload().toString();
	}

	private static void assertRefused(ResponseSpec response, int status, String field) {
		response.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.errors.length()")
			.isEqualTo(1)
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	private static String etag(ResponseSpec response) {
		return String.valueOf(response.returnResult(Void.class).getResponseHeaders().getETag());
	}

}
