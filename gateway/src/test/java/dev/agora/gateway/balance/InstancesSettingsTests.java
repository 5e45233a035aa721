package dev.agora.gateway.balance;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstancesSettingsTests {

	@Test
	void hasNoInstancesByDefault() {
		assertThat(bound(Map.of()).byService())
			.containsOnlyKeys("session-service", "product-service", "graph-service", "feed-service")
			.allSatisfy((service, instances) -> assertThat(instances).isEmpty());
	}

	@Test
	void readsSeveralInstancesFromOneText() {
		assertThat(bound(Map.of("agora.clones.feed-service", "http://a:1,http://b:2")).feedService())
			.isEqualTo(List.of(URI.create("http://a:1"), URI.create("http://b:2")));
	}

	@Test
	void separatesNamesFromAddresses() {
		List<URI> instances = bound(Map.of("agora.clones.feed-service", "dns://feeds:8080,http://a:1")).feedService();
		assertThat(InstancesSettings.lookedUp(instances)).containsExactly(URI.create("dns://feeds:8080"));
		assertThat(InstancesSettings.addresses(instances)).containsExactly(URI.create("http://a:1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a:1", "dns://feeds", "ftp://a:1", "http:///path" })
	void rejectsAnythingElse(String instance) {
		assertThatThrownBy(() -> bound(Map.of("agora.clones.feed-service", instance))).hasStackTraceContaining(
				"An instance is http://<host>:<port>, dns://<name>:<port> or file:///<path>, not '" + instance + "'");
	}

	private static InstancesSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("agora.clones",
				InstancesSettings.class);
	}

}
