package dev.agora.gateway.health;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.InstancePool;
import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.LoadBalancerSettings;
import dev.agora.gateway.balance.TestBalance;

import static org.assertj.core.api.Assertions.assertThat;

class DnsDiscoveryTests {

	private static final String NAME = "feed-service.agora.svc.cluster.local";

	private static final URI FIXED = URI.create("http://127.0.0.9:1");

	private final TestDnsServer dns = new TestDnsServer(NAME);

	private final LoadBalancerSettings settings = TestBalance
		.settings(Map.of("gateway.balance.resolve-interval", "20ms"));

	private final InstancesSettings given = new InstancesSettings(List.of(FIXED), List.of(), List.of(),
			List.of(URI.create("dns://" + NAME + ":8080"), FIXED));

	private final InstanceRegistry fleet = new InstanceRegistry(this.given, this.settings);

	private final DnsDiscovery watch = new DnsDiscovery(this.fleet, this.given, this.settings,
			() -> new DnsClient(new SingletonDnsServerAddressStreamProvider(this.dns.address())));

	@AfterEach
	void close() {
		this.watch.stop();
		this.dns.close();
	}

	@Test
	void followsTheAddressesOfAName() {
		this.dns.answer("127.0.0.1", "127.0.0.2");
		this.watch.start();
		awaitClones(FIXED, URI.create("http://127.0.0.1:8080"), URI.create("http://127.0.0.2:8080"));
		Instance stays = clone(URI.create("http://127.0.0.2:8080"));
		this.dns.answer("127.0.0.2", "127.0.0.3");
		awaitClones(FIXED, URI.create("http://127.0.0.2:8080"), URI.create("http://127.0.0.3:8080"));
		assertThat(clone(URI.create("http://127.0.0.2:8080"))).isSameAs(stays);
	}

	@Test
	void keepsTheLastKnownWhileTheNameIsUnknown() {
		this.dns.answer("127.0.0.1");
		this.watch.start();
		awaitClones(FIXED, URI.create("http://127.0.0.1:8080"));
		this.dns.answer();
		int asked = this.dns.asked();
		Awaitility.await("more look-ups").until(() -> this.dns.asked() > asked + 3);
		assertThat(addresses()).containsExactlyInAnyOrder(FIXED, URI.create("http://127.0.0.1:8080"));
		this.dns.answer("127.0.0.4");
		awaitClones(FIXED, URI.create("http://127.0.0.4:8080"));
	}

	@Test
	void asksNobodyWhereNothingIsNamed() {
		InstancesSettings fixed = new InstancesSettings(List.of(FIXED), List.of(), List.of(), List.of());
		DnsDiscovery idle = new DnsDiscovery(this.fleet, fixed, this.settings, () -> {
			throw new IllegalStateException("There is nothing to look up.");
		});
		idle.start();
		assertThat(idle.isRunning()).isTrue();
		idle.stop();
		assertThat(idle.isRunning()).isFalse();
	}

	private void awaitClones(URI... expected) {
		Awaitility.await("the clones behind the name")
			.untilAsserted(() -> assertThat(addresses()).containsExactlyInAnyOrder(expected));
	}

	private List<URI> addresses() {
		return feeds().all().stream().map(Instance::address).toList();
	}

	private Instance clone(URI address) {
		return feeds().all().stream().filter((clone) -> clone.address().equals(address)).findFirst().orElseThrow();
	}

	private InstancePool feeds() {
		InstancePool feeds = this.fleet.of("feed-service");
		assertThat(feeds).isNotNull();
		return feeds;
	}

}
