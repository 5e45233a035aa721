package dev.agora.gateway.meter;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

import dev.agora.platform.metrics.CapacityMeters;

/**
 * Measures the pools of one client, of which each address has one. The fullest counts:
 * reactor-netty's own metrics would have the address in a tag, and in a cluster every
 * release brings new addresses.
 */
public final class ConnectionPools implements MeterRegistrar {

	private final Map<String, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	/**
	 * Creates the pools.
	 * @param resource the name of their connections
	 * @param limit the maximum number of connections of a pool
	 */
	public ConnectionPools(String resource, int limit, MeterRegistry meters) {
		Gauge.builder("connection.pools", this.pools, Map::size)
			.description("The addresses to which a client has connections")
			.tag("resource", resource)
			.register(meters);
		CapacityMeters.register(meters, resource, () -> max(ConnectionPoolMetrics::acquiredSize), () -> limit);
		CapacityMeters.registerWaiting(meters, resource, () -> max(ConnectionPoolMetrics::pendingAcquireSize));
	}

	@Override
	public void registerMetrics(String pool, String id, SocketAddress address, ConnectionPoolMetrics metrics) {
		this.pools.put(id + address, metrics);
	}

	@Override
	public void deRegisterMetrics(String pool, String id, SocketAddress address) {
		this.pools.remove(id + address);
	}

	private int max(ToIntFunction<ConnectionPoolMetrics> measure) {
		return this.pools.values().stream().mapToInt(measure).max().orElse(0);
	}

}
