package dev.agora.gateway;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GatewayApplicationTests {

	@Test
	void createsNoObjectCaches() {
		try (TestGateway gateway = TestGateway.with()) {
			assertThat(gateway.isCreated("redisGuard")).isTrue();
			assertThat(gateway.isCreated("objectCaches")).isFalse();
		}
	}

	@Test
	void namesTheNewSettingWhenAnOldOneIsSet() {
		assertThatThrownBy(() -> TestGateway.with("gateway.shed.least=16")).hasStackTraceContaining("gateway.shed.min");
	}

}
