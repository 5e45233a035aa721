package dev.agora.gateway.balance;

import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static org.assertj.core.api.Assertions.assertThat;

/** An instance that refuses streams gets no fewer of the other requests. */
class RefusedStreamTests {

	/** So many failures raise the latency to its maximum. */
	private static final int REQUESTS = 10;

	@Test
	void aRefusedStreamSaysNothingAboutTheLatencyOfItsInstance() {
		try (TestService busy = TestService.responding(503, "{}");
				TestGateway gateway = TestGateway.with(TestGateway.instances("graph-service", busy.address()),
						TestGateway.instances("feed-service", busy.address()), "gateway.balance.decay=1h")) {
			request(gateway.client(), "/api/v1/graph/suggestions");
			request(gateway.client(), "/api/v1/feed/stream");
			assertThat(latency(gateway, "feed-service")).isLessThan(latency(gateway, "graph-service"));
		}
	}

	private static void request(WebTestClient client, String path) {
		for (int i = 0; i < REQUESTS; i++) {
			client.get().uri(path).exchange().expectStatus().isEqualTo(503);
		}
	}

	private static double latency(TestGateway gateway, String service) {
		return Objects.requireNonNull(gateway.part(InstanceRegistry.class).of(service))
			.all()
			.iterator()
			.next()
			.latencyMillis();
	}

}
