package dev.agora.gateway.resilience;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitBreakerFilterTests {

	/** A port on which nothing listens. */
	private static final URI DEAD = URI.create("http://127.0.0.1:1");

	private volatile int status = 500;

	private final TestService failing = TestService
		.respondingWith((request) -> Mono.just(new Response(this.status, "{}")));

	private final TestService well = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("product-service", this.failing.address()),
			TestGateway.instances("graph-service", DEAD, this.well.address()), "gateway.breaker.calls=10",
			"gateway.breaker.minimum=10", "gateway.breaker.open-duration=2s", "gateway.breaker.half-open-calls=1");

	private final WebTestClient client = this.gateway.client();

	@AfterAll
	void close() {
		this.gateway.close();
		this.well.close();
		this.failing.close();
	}

	@Test
	void rejectsWithoutACallAfterFailuresAndServesAgainLater() {
		for (int i = 0; i < 10; i++) {
			this.client.get().uri("/api/v1/products").exchange().expectStatus().isEqualTo(500);
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(this::isRejectedWithoutACall);
		this.status = 200;
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get().uri("/api/v1/products").exchange().expectStatus().isOk());
		for (int i = 0; i < 20; i++) {
			this.client.get().uri("/api/v1/products").exchange().expectStatus().isOk();
		}
	}

	@Test
	void doesNotCountAFailureWhoseRetrySucceeds() {
		for (int i = 0; i < 40; i++) {
			this.client.get().uri("/api/v1/graph/suggestions").exchange().expectStatus().isOk();
		}
		assertThat(this.well.requests()).hasSize(40);
	}

	/**
	 * The request may be one of the half-open calls instead, so this is tried several
	 * times.
	 */
	private void isRejectedWithoutACall() {
		this.failing.clearRequests();
		this.client.get()
			.uri("/api/v1/products")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.valueEquals("Retry-After", "2")
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo(
					"Too many requests to the product-service have failed, so its circuit is open. Try again later.");
		assertThat(this.failing.requests()).isEmpty();
	}

}
