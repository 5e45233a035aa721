package dev.agora.gateway.balance;

import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Balancing without the rest of the gateway. */
public final class TestBalance {

	private TestBalance() {
	}

	/** Shares requests among these clones as by default. */
	public static LoadBalancer balancer(InstancesSettings clones) {
		return balancer(clones, settings(Map.of()), new SimpleMeterRegistry());
	}

	static LoadBalancer balancer(InstancesSettings clones, LoadBalancerSettings settings, MeterRegistry meters) {
		return new LoadBalancer(new InstanceRegistry(clones, settings), settings, meters);
	}

	/** The defaults but for these. */
	public static LoadBalancerSettings settings(Map<String, String> given) {
		return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("gateway.balance",
				LoadBalancerSettings.class);
	}

}
