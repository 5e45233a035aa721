package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.gateway.balance.LoadBalancerSettings.Strategy;

import static org.assertj.core.api.Assertions.assertThat;

class LoadBalancerSettingsTests {

	@Test
	void balancesByLoadAndEjectsForASecondByDefault() {
		assertThat(TestLoadBalancer.settings(Map.of()))
			.isEqualTo(new LoadBalancerSettings(Strategy.LOAD, Duration.ofSeconds(1), Duration.ofSeconds(10),
					Duration.ofSeconds(1), Duration.ofSeconds(30), 3, Duration.ofSeconds(1), Duration.ofSeconds(1),
					Duration.ofSeconds(5), Duration.ofMinutes(2), 0.1, 1, Duration.ofMinutes(5)));
	}

	@Test
	void takesTurnsByRoundRobin() {
		assertThat(TestLoadBalancer.settings(Map.of("gateway.balance.strategy", "round-robin")).strategy())
			.isEqualTo(Strategy.ROUND_ROBIN);
	}

}
