package dev.agora.gateway.auth;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestService.ReceivedRequest;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenSwapFilterTests {

	private static final String OPEN = "O".repeat(43);

	private static final String ENDED = "E".repeat(43);

	private static final String BROKEN = "B".repeat(43);

	private final TestService sessions = TestService.respondingWith(TokenSwapFilterTests::session);

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.sessions.address()),
			TestGateway.instances("feed-service", this.feeds.address()), "gateway.auth.unverified-ttl=300ms",
			"gateway.auth.timeout=20s");

	private final WebTestClient client = this.gateway.client();

	@BeforeEach
	void clearRequests() {
		this.sessions.clearRequests();
		this.feeds.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
		this.sessions.close();
	}

	@Test
	void replacesTheTokenByAnIdentity() {
		this.client.get()
			.uri("/api/v1/feed?limit=2")
			.headers((headers) -> headers.setBearerAuth(OPEN))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Served-By", "test/1/clone");
		ReceivedRequest feed = this.feeds.requests().get(0);
		assertThat(feed.uri()).isEqualTo("/feed?limit=2");
		assertThat(feed.headers()).containsEntry("x-agora-identity", "signed-for-feed-service")
			.containsKeys("x-request-id", "x-request-timeout", "traceparent")
			.doesNotContainKeys("authorization", "cookie");
	}

	@Test
	void acceptsTheTokenInACookie() {
		this.client.get().uri("/api/v1/feed").cookie("__Host-agora", OPEN).exchange().expectStatus().isOk();
		assertThat(this.feeds.requests().get(0).headers()).containsEntry("x-agora-identity", "signed-for-feed-service")
			.doesNotContainKey("cookie");
	}

	@Test
	void removesHeadersThatAClientMayNotSend() {
		this.client.get()
			.uri("/api/v1/feed/members/x")
			.header("x-AGORA-identity", "forged")
			.header("X-Agora-Other", "forged")
			.header("X-Request-Timeout", "70000")
			.header("X-Request-Id", "my-id")
			.header("Consistency", "strong")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Request-Id", "my-id");
		assertThat(this.feeds.requests().get(0).headers()).doesNotContainKeys("x-agora-identity", "x-agora-other")
			.hasEntrySatisfying("x-request-timeout", (told) -> assertThat(Long.parseLong(told)).isBetween(1L, 5000L))
			.containsEntry("x-request-id", "my-id")
			.containsEntry("consistency", "strong");
		assertThat(this.sessions.requests()).isEmpty();
	}

	@Test
	void rejectsTheTokenOfAnEndedSession() {
		this.client.get()
			.uri("/api/v1/feed")
			.headers((headers) -> headers.setBearerAuth(ENDED))
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("WWW-Authenticate", "Bearer")
			.expectHeader()
			.contentType("application/problem+json");
		assertThat(this.feeds.requests()).isEmpty();
	}

	@Test
	void rejectsAMalformedTokenWithoutACall() {
		this.client.get()
			.uri("/api/v1/feed")
			.header("Authorization", "Bearer YTpi")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		assertThat(this.sessions.requests()).isEmpty();
	}

	@Test
	void returns503WhileSessionsCannotBeChecked() {
		this.client.get()
			.uri("/api/v1/feed")
			.headers((headers) -> headers.setBearerAuth(BROKEN))
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.exists("Retry-After");
		assertThat(this.feeds.requests()).isEmpty();
	}

	@Test
	void ignoresAStaleCookieAtALogIn() {
		this.client.post()
			.uri("/api/v1/sessions")
			.cookie("__Host-agora", ENDED)
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(this.sessions.requests()).extracting(ReceivedRequest::uri).containsExactly("/sessions");
	}

	@Test
	void readsAsAnonymousWithTheCookieOfAnEndedSession() {
		this.client.get().uri("/api/v1/feed/members/x").cookie("__Host-agora", ENDED).exchange().expectStatus().isOk();
		assertThat(this.feeds.requests().get(0).headers()).doesNotContainKeys("x-agora-identity", "cookie");
		this.client.post()
			.uri("/api/v1/posts")
			.cookie("__Host-agora", ENDED)
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		assertThat(this.feeds.requests()).hasSize(1);
	}

	@Test
	void requestsAnIdentityAgainWhenItHasExpired() {
		String token = "M".repeat(43);
		get(token);
		Awaitility.await("the identity has expired").atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			this.sessions.clearRequests();
			get(token);
			assertThat(this.sessions.requests()).hasSize(1);
		});
	}

	@Test
	void evictsASessionThatIsEndedThroughTheGateway() {
		String token = "D".repeat(43);
		get(token);
		this.client.delete()
			.uri("/api/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk();
		this.sessions.clearRequests();
		get(token);
		assertThat(this.sessions.requests()).hasSize(1);
	}

	@Test
	void rejectsAChangeByCookieFromAnotherSite() {
		this.client.post()
			.uri("/api/v1/posts")
			.cookie("__Host-agora", OPEN)
			.header("Origin", "https://evil.example")
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isForbidden();
		assertThat(this.feeds.requests()).isEmpty();
	}

	@Test
	void returns404ForPathsWithoutARoute() {
		for (String path : new String[] { "/internal/identities", "/api/v1/internal/identities", "/actuator/health",
				"/api/v1/membersx", "/sessions/current" }) {
			this.client.post()
				.uri(path)
				.bodyValue("{}")
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectHeader()
				.contentType("application/problem+json");
		}
		assertThat(this.sessions.requests()).isEmpty();
	}

	private void get(String token) {
		this.client.get()
			.uri("/api/v1/feed")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk();
	}

	private static Mono<Response> session(ReceivedRequest request) {
		if (!"/internal/identities".equals(request.uri())) {
			return Mono.just(new Response(200, "{}"));
		}
		if (request.body().contains(ENDED)) {
			return Mono.just(new Response(404, "{}"));
		}
		if (request.body().contains(BROKEN)) {
			return Mono.just(new Response(500, "{}"));
		}
		String audience = request.body().replaceFirst(".*\"audience\":\"([^\"]*)\".*", "$1");
		return Mono.just(new Response(200,
				"{\"identity\":\"signed-for-" + audience + "\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}"));
	}

}
