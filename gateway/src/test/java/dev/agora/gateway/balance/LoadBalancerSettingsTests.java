package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.gateway.balance.LoadBalancerSettings.Choice;

import static org.assertj.core.api.Assertions.assertThat;

class LoadBalancerSettingsTests {

	@Test
	void goesByLoadAndLeavesWhatFailsAloneForASecondAtFirst() {
		assertThat(TestBalance.settings(Map.of())).isEqualTo(new LoadBalancerSettings(Choice.LOAD,
				Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 3,
				Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), 0.1, 1, Duration.ofMinutes(5)));
	}

	@Test
	void takesTurnsIfTold() {
		assertThat(TestBalance.settings(Map.of("gateway.balance.choice", "round-robin")).choice())
			.isEqualTo(Choice.ROUND_ROBIN);
	}

}
