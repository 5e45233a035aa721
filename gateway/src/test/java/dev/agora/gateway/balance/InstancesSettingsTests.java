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

	/**
	 * The name of a namespace may start with a digit, which no host name of a URI may.
	 */
	@Test
	void acceptsAServiceOfAnyNamespace() {
		List<URI> instances = bound(Map.of("agora.clones.feed-service", "kubernetes://1st/feeds/http")).feedService();
		assertThat(InstancesSettings.lookedUp(instances)).hasSize(1);
		assertThat(instances.get(0).getAuthority()).isEqualTo("1st");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a:1", "dns://feeds", "ftp://a:1", "http:///path", "kubernetes://agora/feeds",
			"kubernetes:///a/b/c" })
	void rejectsAnythingElse(String instance) {
		assertThatThrownBy(() -> bound(Map.of("agora.clones.feed-service", instance)))
			.hasStackTraceContaining("An instance is http://<host>:<port>, dns://<name>:<port>, file:///<path> or"
					+ " kubernetes://<namespace>/<service>/<port name>, not '" + instance + "'");
	}

	private static InstancesSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("agora.clones",
				InstancesSettings.class);
	}

}
