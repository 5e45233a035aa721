package dev.agora.gateway.body;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route for uploads that are too large to be kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedBodyTests {

	private static final String ROUTE = "spring.cloud.gateway.server.webflux.routes[0].";

	private static final String HEAD = "POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n";

	private final TestService products = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("product-service", this.products.address()), ROUTE + "id=uploads",
			ROUTE + "uri=lb://product-service", ROUTE + "predicates[0]=Path=/api/v1/products/**",
			ROUTE + "metadata.body=streamed");

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.close();
	}

	@Test
	void forwardsABodyWhileItArrives() {
		try (TestClient client = client().send(HEAD + "x".repeat(60_000))) {
			await().atMost(ofSeconds(30)).until(() -> sum("route.in.flight") == 1);
			assertThat(sum("body.memory")).isZero();
			client.send("x".repeat(140_000));
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 200");
		}
	}

	@Test
	void countsNoFailureForAResetUpload() {
		for (int i = 0; i < 60; i++) {
			TestClient client = client().send(HEAD + "x".repeat(60_000));
			await().atMost(ofSeconds(30)).until(() -> sum("route.in.flight") == 1);
			client.reset();
			await().atMost(ofSeconds(30)).until(() -> sum("route.in.flight") == 0);
		}
		assertThat(sum("instance.failures") + sum("route.rejected") + sum("retries")).isZero();
		assertThat(sum("circuit.breaker.state", "state", "open")).isZero();
	}

	private TestClient client() {
		return new TestClient(this.gateway.port(), "127.0.0.2");
	}

	private double sum(String meter, String... tags) {
		return this.gateway.part(MeterRegistry.class)
			.find(meter)
			.tags(tags)
			.meters()
			.stream()
			.mapToDouble((each) -> each.measure().iterator().next().getValue())
			.sum();
	}

}
