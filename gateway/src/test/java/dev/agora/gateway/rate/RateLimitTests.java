package dev.agora.gateway.rate;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitTests {

	private static final RateLimit LIMIT = new RateLimit("member", 50, 100);

	@Test
	void allowsAnAddressTwiceTheRateOfAMember() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("gateway.limit.rate",
				RateLimitSettings.class))
			.isEqualTo(new RateLimitSettings(100, 200, 50, 100, 50_000));
	}

	@Test
	void formatsTheHeadersOfTheDraft() {
		assertThat(LIMIT.policy()).isEqualTo("\"member\";q=100;w=2");
		assertThat(LIMIT.state(7)).isEqualTo("\"member\";r=7;t=1");
		assertThat(new RateLimit("address", 100, 10).policy()).isEqualTo("\"address\";q=10;w=1");
	}

	@Test
	void fetchesTenthsOfTheBurst() {
		assertThat(LIMIT.batch()).isEqualTo(10);
		assertThat(new RateLimit("member", 1, 1).batch()).isEqualTo(1);
	}

	@Test
	void hasOneKeyForEachClientThatAClusterCanSpread() {
		assertThat(RedisBuckets.key(LIMIT, "0H3")).isEqualTo("gateway:rate:v1:{member:0H3}");
	}

}
