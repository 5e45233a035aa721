package dev.agora.gateway.discovery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.InstancePool;
import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.LoadBalancerSettings;
import dev.agora.gateway.balance.TestLoadBalancer;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceDiscoveryTests {

	private static final String NAME = "feed-service.agora.svc.cluster.local";

	private static final URI FIXED = URI.create("http://127.0.0.9:1");

	/** No entry of these tests is a Service. */
	private static final KubernetesApi NO_API = new KubernetesApi(
			new KubernetesSettings(FIXED, Path.of("none"), Path.of("none"), Duration.ofSeconds(1)));

	private final TestDnsServer dns = new TestDnsServer(NAME);

	private final LoadBalancerSettings settings = TestLoadBalancer
		.settings(Map.of("gateway.balance.resolve-interval", "20ms"));

	private final InstancesSettings entries = new InstancesSettings(List.of(FIXED), List.of(), List.of(),
			List.of(URI.create("dns://" + NAME + ":8080"), FIXED));

	private final InstanceRegistry registry = new InstanceRegistry(this.entries, this.settings);

	private final InstanceDiscovery discovery = new InstanceDiscovery(this.registry, this.entries, this.settings,
			NO_API, () -> new DnsClient(new SingletonDnsServerAddressStreamProvider(this.dns.address())));

	@AfterEach
	void close() {
		this.discovery.stop();
		this.dns.close();
	}

	@Test
	void followsTheAddressesOfAName() {
		this.dns.resolveTo("127.0.0.1", "127.0.0.2");
		this.discovery.start();
		awaitInstances(FIXED, URI.create("http://127.0.0.1:8080"), URI.create("http://127.0.0.2:8080"));
		Instance stays = instance(URI.create("http://127.0.0.2:8080"));
		this.dns.resolveTo("127.0.0.2", "127.0.0.3");
		awaitInstances(FIXED, URI.create("http://127.0.0.2:8080"), URI.create("http://127.0.0.3:8080"));
		assertThat(instance(URI.create("http://127.0.0.2:8080"))).isSameAs(stays);
	}

	@Test
	void keepsTheLastInstancesWhileTheNameIsUnknown() {
		this.dns.resolveTo("127.0.0.1");
		this.discovery.start();
		awaitInstances(FIXED, URI.create("http://127.0.0.1:8080"));
		this.dns.resolveTo();
		int queries = this.dns.queries();
		Awaitility.await("more queries").until(() -> this.dns.queries() > queries + 3);
		assertThat(addresses()).containsExactlyInAnyOrder(FIXED, URI.create("http://127.0.0.1:8080"));
		this.dns.resolveTo("127.0.0.4");
		awaitInstances(FIXED, URI.create("http://127.0.0.4:8080"));
	}

	@Test
	void followsTheAddressesInAFile(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("instances, added.txt"), "");
		InstancesSettings settings = new InstancesSettings(List.of(), List.of(), List.of(),
				List.of(FIXED, URI.create(file.toUri().toString().replace(",", "%2C"))));
		InstanceDiscovery reader = new InstanceDiscovery(this.registry, settings, this.settings, NO_API,
				DnsClient::new);
		reader.start();
		Files.writeString(file, "http://127.0.0.7:1\n\n");
		awaitInstances(FIXED, URI.create("http://127.0.0.7:1"));
		Files.delete(file);
		Files.writeString(file, "");
		awaitInstances(FIXED);
		reader.stop();
	}

	@Test
	void resolvesNothingWithoutNames() {
		InstancesSettings fixed = new InstancesSettings(List.of(FIXED), List.of(), List.of(), List.of());
		InstanceDiscovery idle = new InstanceDiscovery(this.registry, fixed, this.settings, NO_API, () -> {
			throw new IllegalStateException("No name needs to be resolved.");
		});
		idle.start();
		assertThat(idle.isRunning()).isTrue();
		idle.stop();
		assertThat(idle.isRunning()).isFalse();
	}

	private void awaitInstances(URI... expected) {
		Awaitility.await("the instances of the name")
			.untilAsserted(() -> assertThat(addresses()).containsExactlyInAnyOrder(expected));
	}

	private List<URI> addresses() {
		return feeds().all().stream().map(Instance::address).toList();
	}

	private Instance instance(URI address) {
		return feeds().all()
			.stream()
			.filter((instance) -> instance.address().equals(address))
			.findFirst()
			.orElseThrow();
	}

	private InstancePool feeds() {
		InstancePool feeds = this.registry.of("feed-service");
		assertThat(feeds).isNotNull();
		return feeds;
	}

}
