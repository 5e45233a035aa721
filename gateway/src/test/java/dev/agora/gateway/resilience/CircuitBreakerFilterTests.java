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
import dev.agora.gateway.TestService.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitBreakerFilterTests {

	/** Nothing listens on the port that nobody can be given. */
	private static final URI DEAD = URI.create("http://127.0.0.1:1");

	private volatile int status = 500;

	private final TestService failing = TestService.that((asked) -> Mono.just(new Answer(this.status, "{}")));

	private final TestService well = TestService.answering(200, "{}");

	private final TestGateway gateway = TestGateway.with(TestGateway.clones("product-service", this.failing.address()),
			TestGateway.clones("graph-service", DEAD, this.well.address()), "gateway.breaker.calls=10",
			"gateway.breaker.minimum=10", "gateway.breaker.rest=2s", "gateway.breaker.trials=1");

	private final WebTestClient client = this.gateway.client();

	@AfterAll
	void close() {
		this.gateway.close();
		this.well.close();
		this.failing.close();
	}

	@Test
	void refusesWithoutAskingAfterFailuresAndServesAgainAfterwards() {
		for (int i = 0; i < 10; i++) {
			this.client.get().uri("/api/v1/products").exchange().expectStatus().isEqualTo(500);
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(this::isRefusedWithoutAsking);
		this.status = 200;
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get().uri("/api/v1/products").exchange().expectStatus().isOk());
		for (int i = 0; i < 20; i++) {
			this.client.get().uri("/api/v1/products").exchange().expectStatus().isOk();
		}
	}

	@Test
	void doesNotCountACloneThatAnotherStandsInFor() {
		for (int i = 0; i < 40; i++) {
			this.client.get().uri("/api/v1/graph/suggestions").exchange().expectStatus().isOk();
		}
		assertThat(this.well.asked()).hasSize(40);
	}

	/** Now and then a trial goes through instead. */
	private void isRefusedWithoutAsking() {
		this.failing.forget();
		this.client.get()
			.uri("/api/v1/products")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.valueEquals("Retry-After", "2")
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The product-service has failed too often; it is given a rest.");
		assertThat(this.failing.asked()).isEmpty();
	}

}
