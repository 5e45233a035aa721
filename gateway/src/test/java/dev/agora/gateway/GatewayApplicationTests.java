package dev.agora.gateway;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayApplicationTests {

	@Test
	void createsNoObjectCaches() {
		try (TestGateway gateway = TestGateway.with()) {
			assertThat(gateway.isCreated("redisGuard")).isTrue();
			assertThat(gateway.isCreated("objectCaches")).isFalse();
		}
	}

}
