package dev.agora.gateway.discovery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway is ready once it has found each service. */
class DiscoveryReadinessTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	@Test
	void isReadyOnceEachServiceIsFound() throws IOException {
		Path products = this.folder.resolve("products");
		URI fixed = URI.create("http://127.0.0.1:1");
		try (TestService feeds = TestService.responding(200, "{}");
				TestKubernetesApi api = new TestKubernetesApi();
				TestGateway gateway = TestGateway.with(TestGateway.instances("session-service", fixed),
						TestGateway.instances("product-service", products.toUri()),
						TestGateway.instances("feed-service", URI.create("kubernetes://shop/feeds/http")),
						"gateway.balance.resolve-interval=10m", "gateway.kubernetes.api=" + api.address(),
						"gateway.kubernetes.token=" + Files.writeString(this.folder.resolve("token"), "t"))) {
			awaitReadiness(gateway, 503);
			Files.writeString(products, fixed.toString());
			api.have("""
					{"metadata": {"name": "a"}, "addressType": "IPv4", "endpoints": [{"addresses": ["127.0.0.1"]}],
					 "ports": [{"name": "http", "port": %d}]}""".formatted(feeds.address().getPort()));
			Awaitility.await("a watch").atMost(SOON).until(() -> !api.watches().isEmpty());
			api.send("ERROR", "{}");
			awaitReadiness(gateway, 200);
			gateway.client().get().uri("/api/v1/feed").exchange().expectStatus().isOk();
			Files.delete(products);
			assertThat(readiness(gateway)).as("after the first look-up").isEqualTo(200);
		}
	}

	@Test
	void servesTheOtherServicesIfOneIsNotFound() {
		URI missing = this.folder.resolve("none").toUri();
		try (TestService feeds = TestService.responding(200, "{}");
				TestGateway gateway = TestGateway.with(TestGateway.instances("product-service", missing),
						TestGateway.instances("feed-service", feeds.address()),
						"gateway.balance.first-lookup-timeout=2s")) {
			awaitReadiness(gateway, 200);
			gateway.client().get().uri("/api/v1/feed").exchange().expectStatus().isOk();
		}
	}

	/** Otherwise it would replace a gateway that works. */
	@Test
	void staysUnreadyWhileNoServiceIsFound() throws IOException {
		Path products = this.folder.resolve("products");
		try (TestGateway gateway = TestGateway.with(TestGateway.instances("product-service", products.toUri()),
				TestGateway.instances("feed-service", this.folder.resolve("none").toUri()),
				"gateway.balance.first-lookup-timeout=1ms")) {
			assertThat(readiness(gateway)).isEqualTo(503);
			Files.writeString(products, "http://127.0.0.1:1");
			awaitReadiness(gateway, 200);
		}
	}

	private static void awaitReadiness(TestGateway gateway, int status) {
		Awaitility.await("the readiness").atMost(SOON).until(() -> readiness(gateway) == status);
	}

	private static int readiness(TestGateway gateway) {
		WebTestClient client = gateway.managementClient();
		return client.get().uri("/actuator/health/readiness").exchange().returnResult(Void.class).getStatus().value();
	}

}
