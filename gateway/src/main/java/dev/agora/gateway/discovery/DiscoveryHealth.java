package dev.agora.gateway.discovery;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Keeps a gateway unready until it has found each service once, since it would otherwise
 * refuse requests that other gateways can serve. The wait is bounded once it has found
 * one: while one service has no instance at all, gateways that start serve the others. A
 * gateway that finds nothing stays unready, so that it does not replace one that works.
 */
final class DiscoveryHealth implements HealthIndicator {

	private final InstanceDiscovery discovery;

	private final long maxNanos;

	private final LongSupplier nanos;

	private final long startedAt;

	private volatile boolean complete;

	DiscoveryHealth(InstanceDiscovery discovery, Duration maxWait, LongSupplier nanos) {
		this.discovery = discovery;
		this.maxNanos = maxWait.toNanos();
		this.nanos = nanos;
		this.startedAt = nanos.getAsLong();
	}

	@Override
	public Health health() {
		Set<String> missing = this.complete ? Set.of() : this.discovery.missing();
		this.complete = this.complete || missing.isEmpty() || (isTimeUp() && this.discovery.hasInstances());
		Health.Builder health = this.complete ? Health.up() : Health.outOfService();
		return missing.isEmpty() ? health.build() : health.withDetail("missing", missing).build();
	}

	private boolean isTimeUp() {
		return this.nanos.getAsLong() - this.startedAt >= this.maxNanos;
	}

}
