package dev.agora.gateway.edge;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The edge of a gateway behind a proxy that terminates TLS, with a shop on another site.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeBehindProxyTests {

	private static final String SHOP = "https://shop.example";

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestService sessions = TestService.responding(200,
			"{\"identity\":\"signed\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}");

	private final TestGateway gateway = TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
			TestGateway.instances("session-service", this.sessions.address()),
			"gateway.edge.trusted-proxies=127.0.0.0/8", "gateway.edge.cors.allowed-origins=" + SHOP,
			"gateway.edge.hsts-max-age=365d");

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
	void trustsItsProxyOnly() {
		this.client.get()
			.uri("/api/v1/feed")
			.header("X-Forwarded-For", "1.1.1.1, 2001:db8::7")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
		assertThat(this.feeds.requests().get(0).headers()).containsEntry("x-forwarded-for", "2001:db8::7");
	}

	@Test
	void ignoresInvalidAddressesFromItsProxy() {
		this.client.get()
			.uri("/api/v1/feed")
			.header("X-Forwarded-For", "no, address:::at all%")
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(this.feeds.requests().get(0).headers()).containsEntry("x-forwarded-for", "127.0.0.1");
	}

	@Test
	void answersThePreflightOfAnAllowedSite() {
		this.client.options()
			.uri("/api/v1/posts")
			.header("Origin", SHOP)
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", "idempotency-key")
			.exchange()
			.expectStatus()
			.isNoContent()
			.expectHeader()
			.valueEquals("Access-Control-Allow-Origin", SHOP)
			.expectHeader()
			.valueEquals("Access-Control-Allow-Credentials", "true")
			.expectHeader()
			.valueEquals("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
			.expectHeader()
			.valueMatches("Access-Control-Allow-Headers", ".*Idempotency-Key.*, baggage, traceparent, tracestate")
			.expectHeader()
			.valueEquals("Access-Control-Max-Age", "600")
			.expectHeader()
			.value("Vary", (vary) -> assertThat(vary).isEqualToIgnoringCase("Origin"));
		assertThat(this.feeds.requests()).isEmpty();
	}

	@Test
	void rejectsThePreflightOfAnotherSite() {
		this.client.options()
			.uri("/api/v1/posts")
			.header("Origin", "https://shop.example.evil")
			.header("Access-Control-Request-Method", "POST")
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin");
	}

	@Test
	void allowsPagesOfAnAllowedSiteToUseTheCookie() {
		this.client.post()
			.uri("/api/v1/posts")
			.header("Origin", SHOP)
			.cookie("__Host-agora", "O".repeat(43))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Access-Control-Allow-Origin", SHOP)
			.expectHeader()
			.valueMatches("Access-Control-Expose-Headers", ".*ETag.*");
	}

	@Test
	void rejectsChangesByCookieFromOtherSites() {
		this.client.post()
			.uri("/api/v1/posts")
			.header("Origin", "https://other.example")
			.cookie("__Host-agora", "O".repeat(43))
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin");
		assertThat(this.feeds.requests()).isEmpty();
	}

}
