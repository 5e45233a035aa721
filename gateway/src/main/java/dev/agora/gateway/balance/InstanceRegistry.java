package dev.agora.gateway.balance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The clones of all services that the gateway talks to. */
public final class InstanceRegistry {

	private final Map<String, InstancePool> byService = new LinkedHashMap<>();

	public InstanceRegistry(InstancesSettings clones, LoadBalancerSettings settings) {
		clones.byService().forEach((service, addresses) -> {
			InstancePool ofService = new InstancePool(service, settings);
			ofService.moveTo(InstancesSettings.addresses(addresses));
			this.byService.put(service, ofService);
		});
	}

	public Collection<InstancePool> all() {
		return this.byService.values();
	}

	public @Nullable InstancePool of(String service) {
		return this.byService.get(service);
	}

}
