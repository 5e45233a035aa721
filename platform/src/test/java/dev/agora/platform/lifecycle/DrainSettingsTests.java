package dev.agora.platform.lifecycle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DrainSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(none.bindOrCreate("agora.drain", DrainSettings.class))
			.isEqualTo(new DrainSettings(Duration.ofSeconds(5)));
	}

	@Test
	void servesForTheDelayBeforeItStops() {
		Drain drain = new Drain(new DrainSettings(Duration.ofMillis(60)));
		drain.start();
		assertThat(drain.isDraining()).isFalse();
		long start = System.nanoTime();
		drain.stop();
		assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(60);
		assertThat(drain.isDraining()).isTrue();
		assertThat(drain.isRunning()).isFalse();
	}

}
