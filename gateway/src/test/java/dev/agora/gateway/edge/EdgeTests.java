package dev.agora.gateway.edge;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/** The edge of a gateway with default settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTests {

	private static final String LONG = "{\"text\":\"" + "long ".repeat(500) + "\"}";

	private final TestService feeds = TestService
		.respondingWith((request) -> Mono.just(new Response(200, request.uri().contains("long") ? LONG : "{}")));

	private final TestService sessions = TestService.responding(201, LONG);

	/** As in a pod, where Spring Boot has other defaults for forwarded headers. */
	private final TestGateway gateway = TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
			TestGateway.instances("session-service", this.sessions.address()), "spring.main.cloud-platform=kubernetes");

	private final WebTestClient client = this.gateway.client();

	@BeforeEach
	void clearRequests() {
		this.feeds.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
		this.sessions.close();
	}

	@Test
	void sendsServicesTheAddressOfTheConnection() {
		this.client.get()
			.uri("/api/v1/feed")
			.header("X-Forwarded-For", "203.0.113.7")
			.header("X-Forwarded-Proto", "https")
			.header("X-Forwarded-Host", "evil")
			.header("X-Forwarded-Prefix", "/evil")
			.header("X-Real-IP", "203.0.113.7")
			.header("Forwarded", "for=203.0.113.7")
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(this.feeds.requests().get(0).headers()).containsEntry("x-forwarded-for", "127.0.0.1")
			.containsEntry("x-forwarded-prefix", "/api/v1")
			.doesNotContainKeys("x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded");
	}

	@Test
	void ignoresTheForwardedPrefixOfAClient() {
		this.client.get()
			.uri("/nowhere")
			.header("X-Forwarded-Prefix", "/evil")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.instance")
			.isEqualTo("/nowhere");
	}

	@Test
	void setsSecurityHeadersOnEveryResponse() throws IOException {
		for (String path : List.of("/api/v1/feed", "/nowhere", "/api/v1/feed/../x")) {
			HttpHeaders response = headers(this.client.get().uri(path));
			assertThat(response.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(response.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
			assertThat(response.getFirst("Content-Security-Policy"))
				.isEqualTo("default-src 'none'; frame-ancestors 'none'");
			assertThat(response.containsHeader("Strict-Transport-Security")).isFalse();
			assertThat(response.containsHeader("Server")).isFalse();
			assertThat(response.getVary()).doesNotContain("Origin");
		}
		assertThat(TestWire.send(this.gateway.port(), "nonsense\r\n\r\n")).contains("nosniff", "no-referrer",
				"default-src 'none'", "no-store");
	}

	@Test
	void forbidsCachesToStorePersonalResponses() {
		assertThat(cacheControl(this.client.get().uri("/api/v1/feed"))).isNull();
		assertThat(cacheControl(this.client.get().uri("/api/v1/feed").cookie("a", "b"))).isEqualTo("no-store");
		assertThat(cacheControl(this.client.post().uri("/api/v1/sessions"))).isEqualTo("no-store");
	}

	@Test
	void compressesLongTextsIfTheClientAcceptsIt() throws IOException {
		assertThat(head("GET", "/api/v1/feed/long", "gzip")).containsIgnoringCase("\r\nVary: Accept-Encoding\r\n")
			.containsIgnoringCase("\r\nContent-Encoding: gzip\r\n");
		assertThat(head("GET", "/api/v1/feed/long", "identity")).containsIgnoringCase("\r\nVary: Accept-Encoding\r\n")
			.doesNotContainIgnoringCase("\r\nContent-Encoding");
	}

	@Test
	void replacesTheTraceOfAClient() {
		String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		for (String parent : List.of(trace, "nonsense")) {
			this.client.get()
				.uri("/api/v1/feed")
				.header("traceparent", parent)
				.header("tracestate", "a=b")
				.header("baggage", "c=d")
				.exchange()
				.expectStatus()
				.isOk();
		}
		assertThat(this.feeds.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.headers()).doesNotContainValue(trace)
				.doesNotContainKey("tracestate")
				.containsEntry("baggage", "c=d")
				.hasEntrySatisfying("traceparent",
						(own) -> assertThat(own).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")));
	}

	@Test
	void compressesNeitherShortTextsNorPossibleSecrets() throws IOException {
		assertThat(head("GET", "/api/v1/feed", "gzip")).startsWith("HTTP/1.1 200 ")
			.doesNotContainIgnoringCase("Content-Encoding");
		assertThat(head("POST", "/api/v1/sessions", "gzip")).startsWith("HTTP/1.1 201 ")
			.doesNotContainIgnoringCase("Content-Encoding");
	}

	@Test
	void allowsNoPagesOfOtherSites() {
		this.client.options()
			.uri("/api/v1/posts")
			.header("Origin", "https://other.example")
			.header("Access-Control-Request-Method", "POST")
			.exchange()
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/", "/actuator/health", "/actuator/health/readiness",
			"/actuator/info", "/actuator/prometheus", "/actuator/env", "/actuator/gateway/routes", "/actuator/heapdump",
			"/ACTUATOR/health", "/api/v1/actuator/health", "/api/v1/members/../../../actuator/health",
			"/api/v1/members/%2e%2e/%2e%2e/actuator/health", "/api/v1/members/..%2factuator/health",
			"/%61ctuator/health", "/actuator%2fhealth", "//actuator/health", "/./actuator/health",
			"/actuator;x=y/health", "/internal/identities", "/api/v1/internal/identities", "/%69nternal/identities",
			"/api/v1/members/..;/internal/identities", "/api/v1/members/%252e%252e/internal/identities",
			"/api/v1/members/..\\internal", "/internal;/identities" })
	void hidesManagementPathsInAnyEncoding(String path) throws IOException {
		String response = TestWire.send(this.gateway.port(),
				"GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		assertThat(TestWire.statuses(response)).first().isIn(400, 404);
		assertThat(this.sessions.requests()).noneMatch((request) -> request.uri().contains("internal"));
	}

	private String head(String method, String path, String encoding) throws IOException {
		String response = TestWire.send(this.gateway.port(), method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n"
				+ "Content-Length: 0\r\nAccept-Encoding: " + encoding + "\r\nConnection: close\r\n\r\n");
		return response.substring(0, response.indexOf("\r\n\r\n") + 2);
	}

	private static String cacheControl(WebTestClient.RequestHeadersSpec<?> request) {
		return headers(request).getFirst("Cache-Control");
	}

	private static HttpHeaders headers(WebTestClient.RequestHeadersSpec<?> request) {
		return request.exchange().returnResult(Void.class).getResponseHeaders();
	}

}
