package dev.agora.session.account;

import java.text.ParseException;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.testing.Shared;
import dev.agora.session.account.TestAccounts.Account;

import static dev.agora.session.account.TestAccounts.assertRefused;
import static dev.agora.session.account.TestAccounts.claims;
import static dev.agora.session.account.TestAccounts.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Renames members at the whole service while Redis and Kafka are unavailable. */
@ExtendWith(Shared.class)
class RenamedMemberControllerTests {

	private static TestAccounts accounts;

	private Account ada;

	@BeforeAll
	static void share(TestAccounts shared) {
		accounts = shared;
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
	void theNextIdentityHasTheNewName() throws ParseException {
		String token = text(this.ada.logIn(), "token");
		this.ada.rename("\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertThat(claims(text(accounts.identify(token), "identity"))).contains("\"name\":\"Ada L.\"", "\"ver\":2");
	}

	/** The queue that grows by each publication while Redis is unavailable. */
	private static double unpublished() {
		return accounts.bean(MeterRegistry.class).get("session.revocations.unpublished").gauge().value();
	}

	private static String etag(ResponseSpec response) {
		return String.valueOf(response.returnResult(Void.class).getResponseHeaders().getETag());
	}

}
