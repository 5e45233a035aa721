package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class InstanceConnectionsTests {

	private static final String POOL = "spring.cloud.gateway.server.webflux.httpclient.pool.";

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

	@Test
	void disposesOfThePoolOfAnInstanceThatIsGone() {
		try (TestService gone = TestService.responding(200, "{}");
				TestService next = TestService.responding(200, "{}");
				TestGateway gateway = TestGateway.with(TestGateway.instances("product-service", gone.address()),
						"gateway.balance.unused-pool=1s", POOL + "max-idle-time=1s", POOL + "eviction-interval=1s")) {
			read(gateway);
			assertThat(pools(gateway)).isEqualTo(1);
			Objects.requireNonNull(gateway.part(InstanceRegistry.class).of("product-service"))
				.update(Set.of(next.address()));
			await().atMost(LONG_ENOUGH).until(() -> pools(gateway) == 0);
			read(gateway);
			assertThat(next.requests()).hasSize(1);
		}
	}

	private static void read(TestGateway gateway) {
		gateway.client().get().uri("/api/v1/products").exchange().expectStatus().isOk();
	}

	private static double pools(TestGateway gateway) {
		return gateway.part(MeterRegistry.class)
			.get("connection.pools")
			.tag("resource", "instance-connections")
			.gauge()
			.value();
	}

}
