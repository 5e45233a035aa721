package dev.agora.gateway.balance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The instances of all services that the gateway calls. */
public final class InstanceRegistry {

	private final Map<String, InstancePool> byService = new LinkedHashMap<>();

	public InstanceRegistry(InstancesSettings instances, LoadBalancerSettings settings) {
		instances.byService().forEach((service, addresses) -> {
			InstancePool pool = new InstancePool(service, settings);
			pool.update(InstancesSettings.addresses(addresses));
			this.byService.put(service, pool);
		});
	}

	public Collection<InstancePool> all() {
		return this.byService.values();
	}

	public @Nullable InstancePool of(String service) {
		return this.byService.get(service);
	}

}
