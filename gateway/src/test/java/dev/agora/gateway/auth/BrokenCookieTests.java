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
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestService.ReceivedRequest;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/** Cookies that a browser sends on its own and its user cannot repair. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenCookieTests {

	private static final String OPEN = "O".repeat(43);

	private static final String OTHER = "P".repeat(43);

	private static final String ENDED = "E".repeat(43);

	private static final String CLEARED = "\r\nSet-Cookie: __Host-agora=; Path=/; Max-Age=0;";

	private final TestService sessions = TestService.respondingWith(BrokenCookieTests::session);

	private final TestService products = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.sessions.address()),
			TestGateway.instances("product-service", this.products.address()));

	@BeforeEach
	void clearRequests() {
		this.sessions.clearRequests();
		this.products.clearRequests();
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
	void isReadAsAnonymousAndCleared(String cookie) throws IOException {
		String send = send("GET /api/v1/products", "Cookie: " + cookie);
		assertThat(send).startsWith("HTTP/1.1 200 ")
			.containsIgnoringCase(CLEARED)
			.containsIgnoringCase("\r\nCache-Control: no-store\r\n");
		assertThat(this.products.requests().get(0).headers()).doesNotContainKeys("x-agora-identity", "cookie");
		assertThat(this.sessions.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=", "__Host-agora=short", "__Host-agora=x; __Host-agora=y",
			"__Host-agora=EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE",
			"__Host-agora=EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE; __Host-agora=" })
	void doesNotPreventALogOut(String cookie) throws IOException {
		for (String path : new String[] { "current", "%63urrent" }) {
			assertThat(send("DELETE /api/v1/sessions/" + path, "Cookie: " + cookie, "Origin: http://localhost"))
				.startsWith("HTTP/1.1 204 ")
				.containsIgnoringCase(CLEARED);
		}
		assertThat(this.sessions.requests()).noneMatch((request) -> request.method().equals("DELETE"));
	}

	@Test
	void endsTheOpenSessionOfADuplicateCookie() throws IOException {
		assertThat(send("DELETE /api/v1/sessions/current",
				"Cookie: __Host-agora=" + ENDED + "; __Host-agora=" + OPEN + "; __Host-agora=x"))
			.startsWith("HTTP/1.1 204 ");
		assertThat(this.sessions.requests()).filteredOn((request) -> request.method().equals("DELETE"))
			.singleElement()
			.satisfies((request) -> assertThat(request.headers()).containsEntry("x-agora-identity", "signed"));
	}

	@Test
	void endsEachOpenSessionOfADuplicateCookie() throws IOException {
		assertThat(send("DELETE /api/v1/sessions/current",
				"Cookie: __Host-agora=" + OPEN + "; __Host-agora=" + ENDED + "; __Host-agora=" + OTHER))
			.startsWith("HTTP/1.1 204 ");
		assertThat(this.sessions.requests()).filteredOn((request) -> request.method().equals("DELETE"))
			.extracting((request) -> request.uri() + " " + request.headers().get("x-agora-identity"))
			.containsExactlyInAnyOrder("/sessions/current signed", "/sessions/current other");
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=", "__Host-agora=EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE",
			"__Host-agora=OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO" })
	void doesNotLogOutForAPageOfAnotherSite(String cookie) throws IOException {
		for (String origin : new String[] { "https://evil.example", "null" }) {
			assertThat(send("DELETE /api/v1/sessions/current", "Cookie: " + cookie, "Origin: " + origin))
				.startsWith("HTTP/1.1 403 ")
				.doesNotContainIgnoringCase("\r\nSet-Cookie:");
		}
		assertThat(this.sessions.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=", "__Host-agora=short", "__Host-agora=x; __Host-agora=y" })
	void doesNotPreventALogIn(String cookie) throws IOException {
		for (String path : new String[] { "sessions", "members" }) {
			assertThat(send("POST /api/v1/" + path, "Cookie: " + cookie, "Authorization: Basic YTpi"))
				.startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void isRejectedForAChangeAndCleared() throws IOException {
		assertThat(send("PUT /api/v1/products/1", "Cookie: __Host-agora=broken")).startsWith("HTTP/1.1 401 ")
			.containsIgnoringCase(CLEARED)
			.contains("log in again");
		assertThat(this.products.requests()).isEmpty();
	}

	@Test
	void isIgnoredNextToATokenInTheHeader() throws IOException {
		assertThat(send("GET /api/v1/products", "Cookie: __Host-agora=broken", "Authorization: Bearer " + OPEN))
			.startsWith("HTTP/1.1 200 ");
		assertThat(this.products.requests().get(0).headers()).containsEntry("x-agora-identity", "signed");
	}

	@Test
	void isAcceptedNextToCredentialsForAProxy() throws IOException {
		assertThat(send("GET /api/v1/products", "Authorization: Basic YTpi", "Cookie: __Host-agora=" + OPEN))
			.startsWith("HTTP/1.1 200 ");
		assertThat(this.products.requests().get(0).headers()).containsEntry("x-agora-identity", "signed")
			.doesNotContainKey("authorization");
		assertThat(send("GET /api/v1/products", "Authorization: Basic YTpi")).startsWith("HTTP/1.1 200 ");
		assertThat(this.products.requests().get(1).headers()).doesNotContainKeys("x-agora-identity", "authorization");
	}

	private String send(String request, String... headers) throws IOException {
		return TestWire.send(this.gateway.port(), request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
				+ String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
	}

	private static Mono<Response> session(ReceivedRequest request) {
		if (!"/internal/identities".equals(request.uri())) {
			return Mono.just(new Response(request.method().equals("DELETE") ? 204 : 200, "{}"));
		}
		return Mono.just(request.body().contains(OPEN) ? identity("signed")
				: request.body().contains(OTHER) ? identity("other") : new Response(404, "{}"));
	}

	private static Response identity(String text) {
		return new Response(200, "{\"identity\":\"" + text + "\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}");
	}

}
