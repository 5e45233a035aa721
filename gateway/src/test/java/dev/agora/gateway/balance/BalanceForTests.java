package dev.agora.gateway.balance;

import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Balancing without the rest of the gateway. */
public final class BalanceForTests {

	private BalanceForTests() {
	}

	/** Shares requests among these clones as by default. */
	public static Balancer balancer(ClonesSettings clones) {
		return balancer(clones, settings(Map.of()), new SimpleMeterRegistry());
	}

	static Balancer balancer(ClonesSettings clones, BalanceSettings settings, MeterRegistry meters) {
		return new Balancer(new Fleet(clones, settings), settings, meters);
	}

	/** The defaults but for these. */
	static BalanceSettings settings(Map<String, String> given) {
		return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("gateway.balance",
				BalanceSettings.class);
	}

}
