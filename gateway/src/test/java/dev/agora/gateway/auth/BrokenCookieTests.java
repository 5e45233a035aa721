package dev.agora.gateway.auth;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Answer;
import dev.agora.gateway.TestService.Asked;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/** What a browser sends by itself and its user can do nothing about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenCookieTests {

	private static final String OPEN = "O".repeat(43);

	private static final String ENDED = "E".repeat(43);

	private static final String CLEARED = "\r\nSet-Cookie: __Host-agora=; Path=/; Max-Age=0;";

	private final TestService sessions = TestService.that(BrokenCookieTests::session);

	private final TestService products = TestService.answering(200, "{}");

	private final TestGateway gateway = TestGateway.with(TestGateway.clones("session-service", this.sessions.address()),
			TestGateway.clones("product-service", this.products.address()));

	@BeforeEach
	void forget() {
		this.sessions.forget();
		this.products.forget();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.close();
		this.sessions.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora", "__Host-agora=", "__Host-agora=short", "__Host-agora=a b\"c",
			"a=b; __Host-agora=; c=d", "__Host-agora=x; __Host-agora=y",
			"__Host-agora=OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO; __Host-agora=y" })
	void isAStrangersOnReadsAndCleared(String cookie) throws IOException {
		String answer = answer("GET /api/v1/products", "Cookie: " + cookie);
		assertThat(answer).startsWith("HTTP/1.1 200 ")
			.containsIgnoringCase(CLEARED)
			.containsIgnoringCase("\r\nCache-Control: no-store\r\n");
		assertThat(this.products.asked().get(0).headers()).doesNotContainKeys("x-agora-identity", "cookie");
		assertThat(this.sessions.asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=", "__Host-agora=short", "__Host-agora=x; __Host-agora=y",
			"__Host-agora=EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE",
			"__Host-agora=EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE; __Host-agora=" })
	void keepsNobodyFromLoggingOut(String cookie) throws IOException {
		for (String path : new String[] { "current", "%63urrent" }) {
			assertThat(answer("DELETE /api/v1/sessions/" + path, "Cookie: " + cookie, "Origin: http://localhost"))
				.startsWith("HTTP/1.1 204 ")
				.containsIgnoringCase(CLEARED);
		}
		assertThat(this.sessions.asked()).noneMatch((asked) -> asked.method().equals("DELETE"));
	}

	@Test
	void endsTheOpenSessionOfADoubledOne() throws IOException {
		assertThat(answer("DELETE /api/v1/sessions/current",
				"Cookie: __Host-agora=" + ENDED + "; __Host-agora=" + OPEN + "; __Host-agora=x"))
			.startsWith("HTTP/1.1 204 ");
		assertThat(this.sessions.asked()).filteredOn((asked) -> asked.method().equals("DELETE"))
			.singleElement()
			.satisfies((asked) -> assertThat(asked.headers()).containsEntry("x-agora-identity", "signed"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=", "__Host-agora=EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE",
			"__Host-agora=OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO" })
	void logsNobodyOutForAPageOfAnotherSite(String cookie) throws IOException {
		for (String origin : new String[] { "https://evil.example", "null" }) {
			assertThat(answer("DELETE /api/v1/sessions/current", "Cookie: " + cookie, "Origin: " + origin))
				.startsWith("HTTP/1.1 403 ")
				.doesNotContainIgnoringCase("\r\nSet-Cookie:");
		}
		assertThat(this.sessions.asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=", "__Host-agora=short", "__Host-agora=x; __Host-agora=y" })
	void keepsNobodyFromLoggingIn(String cookie) throws IOException {
		for (String path : new String[] { "sessions", "members" }) {
			assertThat(answer("POST /api/v1/" + path, "Cookie: " + cookie, "Authorization: Basic YTpi"))
				.startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void changesNothingAndIsCleared() throws IOException {
		assertThat(answer("PUT /api/v1/products/1", "Cookie: __Host-agora=broken")).startsWith("HTTP/1.1 401 ")
			.containsIgnoringCase(CLEARED)
			.contains("log in again");
		assertThat(this.products.asked()).isEmpty();
	}

	@Test
	void countsForNothingBesideATokenInTheHeader() throws IOException {
		assertThat(answer("GET /api/v1/products", "Cookie: __Host-agora=broken", "Authorization: Bearer " + OPEN))
			.startsWith("HTTP/1.1 200 ");
		assertThat(this.products.asked().get(0).headers()).containsEntry("x-agora-identity", "signed");
	}

	@Test
	void isTakenBesideCredentialsForAProxy() throws IOException {
		assertThat(answer("GET /api/v1/products", "Authorization: Basic YTpi", "Cookie: __Host-agora=" + OPEN))
			.startsWith("HTTP/1.1 200 ");
		assertThat(this.products.asked().get(0).headers()).containsEntry("x-agora-identity", "signed")
			.doesNotContainKey("authorization");
		assertThat(answer("GET /api/v1/products", "Authorization: Basic YTpi")).startsWith("HTTP/1.1 200 ");
		assertThat(this.products.asked().get(1).headers()).doesNotContainKeys("x-agora-identity", "authorization");
	}

	private String answer(String request, String... headers) throws IOException {
		return TestWire.send(this.gateway.port(), request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
				+ String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
	}

	private static Mono<Answer> session(Asked asked) {
		if (!"/internal/identities".equals(asked.uri())) {
			return Mono.just(new Answer(asked.method().equals("DELETE") ? 204 : 200, "{}"));
		}
		return Mono.just(asked.body().contains(OPEN)
				? new Answer(200, "{\"identity\":\"signed\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}")
				: new Answer(404, "{}"));
	}

}
