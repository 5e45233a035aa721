package dev.agora.gateway.body;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class BodySettingsTests {

	/** The uploads in flight that the route in application.yml allows. */
	private static final int UPLOADS = 32;

	private final BodySettings settings = new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.body",
			BodySettings.class);

	@Test
	void givesEachClientAShareByDefault() {
		assertThat(this.settings).isEqualTo(new BodySettings(DataSize.ofMegabytes(48), 4096, DataSize.ofMegabytes(8),
				64, 32, 2, Duration.ofSeconds(1), DataSize.ofMegabytes(24)));
	}

	/**
	 * A loaded gateway took 249 MiB in a container of 320 MiB, of which its heap could
	 * take 60 more; the heap grows with the container, by the share in the image's flags.
	 * Each upload takes about 1 MiB.
	 */
	@Test
	void fitsTheMemoryLimitOfTheChart() throws IOException {
		long limit = chartLimit();
		long loaded = 249 + 60 + (limit - 320) * 35 / 100;
		assertThat(loaded + UPLOADS + this.settings.memory().toMegabytes() + this.settings.unreadMemory().toMegabytes())
			.isLessThanOrEqualTo(limit);
	}

	private static long chartLimit() throws IOException {
		PropertySource<?> values = new YamlPropertySourceLoader()
			.load("chart", new FileSystemResource("../helm/agora/values.yaml"))
			.get(0);
		String limit = String.valueOf(values.getProperty("workloads.gateway.resources.limits.memory"));
		assertThat(limit).endsWith("Mi");
		return Long.parseLong(limit.substring(0, limit.length() - 2));
	}

}
