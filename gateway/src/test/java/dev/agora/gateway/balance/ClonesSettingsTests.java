package dev.agora.gateway.balance;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ClonesSettingsTests {

	@Test
	void knowsNoCloneUnlessTold() {
		assertThat(bound(Map.of()).byService())
			.containsOnlyKeys("session-service", "product-service", "graph-service", "feed-service")
			.allSatisfy((service, clones) -> assertThat(clones).isEmpty());
	}

	@Test
	void readsSeveralClonesFromOneText() {
		assertThat(bound(Map.of("agora.clones.feed-service", "http://a:1,http://b:2")).feedService())
			.isEqualTo(List.of(URI.create("http://a:1"), URI.create("http://b:2")));
	}

	private static ClonesSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("agora.clones",
				ClonesSettings.class);
	}

}
