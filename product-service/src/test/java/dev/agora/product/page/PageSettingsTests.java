package dev.agora.product.page;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.product.page.release.TargetSettings;
import dev.agora.product.page.trend.TrendSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PageSettingsTests {

	@Test
	void defaultsSuitOneMachine() {
		PageSettings settings = bind("agora.pages", PageSettings.class, Map.of());
		assertThat(settings.urlOf("/pages/trending")).isEqualTo("http://127.0.0.1:8080/pages/trending");
		assertThat(settings.listInterval()).isEqualTo(Duration.ofSeconds(3));
		assertThat(settings.trendingInterval()).isEqualTo(Duration.ofMinutes(5));
		assertThat(settings.sitemapInterval()).isEqualTo(Duration.ofMinutes(10));
		assertThat(settings.listSize()).isEqualTo(60);
		assertThat(settings.trendingSize()).isEqualTo(30);
		assertThat(settings.renderPerRequest()).isFalse();
		TrendSettings trend = bind("agora.pages.trend", TrendSettings.class, Map.of());
		assertThat(trend.halfLife()).isEqualTo(Duration.ofHours(6));
		assertThat(trend.retention()).isEqualTo(Duration.ofDays(2));
		TargetSettings target = bind("agora.pages.target", TargetSettings.class, Map.of());
		assertThat(target.directory()).isNull();
		assertThat(target.bucket()).isNull();
		assertThat(target.region()).isEqualTo("us-east-1");
	}

	@ParameterizedTest
	@CsvSource({ "base-url,https://shop.example.org/path", "base-url,no-address", "list-size,0", "trending-size,0",
			"list-interval,0s", "trending-interval,0s", "sitemap-interval,-1s", "trend.half-life,0s",
			"trend.half-life,3d", "target.bucket,pages", "target.endpoint,http://127.0.0.1:9000" })
	void refusesWrongValues(String name, String value) {
		Map<String, String> settings = Map.of("agora.pages." + name, value);
		Class<?> type = name.startsWith("trend.") ? TrendSettings.class
				: name.startsWith("target.") ? TargetSettings.class : PageSettings.class;
		String prefix = name.contains(".") ? "agora.pages." + name.substring(0, name.indexOf('.')) : "agora.pages";
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(prefix, type, settings))
			.withRootCauseInstanceOf(IllegalArgumentException.class);
	}

	private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
	}

}
