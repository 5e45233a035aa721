package dev.agora.gateway.balance;

import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Load balancing without the rest of the gateway. */
public final class TestLoadBalancer {

	private TestLoadBalancer() {
	}

	/** A load balancer with default settings. */
	public static LoadBalancer balancer(InstancesSettings instances) {
		return balancer(instances, settings(Map.of()), new SimpleMeterRegistry());
	}

	static LoadBalancer balancer(InstancesSettings instances, LoadBalancerSettings settings, MeterRegistry meters) {
		return new LoadBalancer(new InstanceRegistry(instances, settings), settings, meters);
	}

	/** The defaults, except for these settings. */
	public static LoadBalancerSettings settings(Map<String, String> given) {
		return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("gateway.balance",
				LoadBalancerSettings.class);
	}

}
