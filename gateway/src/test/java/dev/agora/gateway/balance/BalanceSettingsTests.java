package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.gateway.balance.BalanceSettings.Choice;

import static org.assertj.core.api.Assertions.assertThat;

class BalanceSettingsTests {

	@Test
	void goesByLoadAndLeavesWhatFailsAloneForASecondAtFirst() {
		assertThat(BalanceForTests.settings(Map.of())).isEqualTo(new BalanceSettings(Choice.LOAD, Duration.ofSeconds(1),
				Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 3, Duration.ofSeconds(1),
				Duration.ofSeconds(1), Duration.ofSeconds(5), 0.1, 1, Duration.ofMinutes(5)));
	}

	@Test
	void takesTurnsIfTold() {
		assertThat(BalanceForTests.settings(Map.of("gateway.balance.choice", "round-robin")).choice())
			.isEqualTo(Choice.ROUND_ROBIN);
	}

}
