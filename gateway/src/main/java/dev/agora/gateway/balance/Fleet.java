package dev.agora.gateway.balance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The clones of all services that the gateway talks to. */
public final class Fleet {

	private final Map<String, Clones> byService = new LinkedHashMap<>();

	public Fleet(ClonesSettings clones, BalanceSettings settings) {
		clones.byService().forEach((service, addresses) -> {
			Clones ofService = new Clones(service, settings);
			ofService.moveTo(ClonesSettings.addresses(addresses));
			this.byService.put(service, ofService);
		});
	}

	Collection<Clones> all() {
		return this.byService.values();
	}

	@Nullable Clones of(String service) {
		return this.byService.get(service);
	}

}
