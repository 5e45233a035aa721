package dev.agora.graph.set;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SetSettingsTests {

	@Test
	void refusesABoundThatWouldReadWholeListsAndALifetimeThatRedisRefuses() {
		for (int maxIds : new int[] { -1, 0, Integer.MAX_VALUE }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new SetSettings(maxIds, Duration.ofMinutes(15)))
				.withMessageContaining("graph.sets.max-ids");
		}
		for (Duration lifetime : new Duration[] { Duration.ofSeconds(-1), Duration.ZERO, Duration.ofMillis(999) }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new SetSettings(5_000, lifetime))
				.withMessageContaining("graph.sets.expire-after");
		}
	}

}
