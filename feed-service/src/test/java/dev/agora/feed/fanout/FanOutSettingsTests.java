package dev.agora.feed.fanout;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FanOutSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		FanOutSettings defaults = none.bindOrCreate("feed.fan-out", FanOutSettings.class);
		assertThat(defaults).isEqualTo(new FanOutSettings(10_000, 0.1, 500));
		assertThat(defaults.maxPushed()).isEqualTo(11_000);
		assertThat(defaults.minPulled()).isEqualTo(9_000);
	}

	/** Otherwise an author would change at each activity, or be pulled for ever. */
	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 1, 2, Double.NaN })
	void refusesAHysteresisThatIsNoShareOfTheThreshold(double hysteresis) {
		assertThatIllegalArgumentException().isThrownBy(() -> new FanOutSettings(10_000, hysteresis, 500))
			.withMessageContaining("feed.fan-out.hysteresis");
	}

	@Test
	void dividesNoFanOutBelowTheThresholdAndTheSizeOfAChunk() {
		assertThat(new FanOutSettings(10_000, 0.1, 500).maxUndivided()).isEqualTo(500);
		assertThat(new FanOutSettings(100, 0.1, 500).maxUndivided()).isEqualTo(110);
		assertThat(new FanOutSettings(Integer.MAX_VALUE, 0.1, 500).maxPushed()).isEqualTo(Integer.MAX_VALUE - 1);
	}

}
