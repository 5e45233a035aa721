package dev.agora.platform.redis;

import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.misc.AsyncSemaphore;

import dev.agora.platform.metrics.CapacityMeters;

/**
 * Measures whether Redis is available, and the connections to it. In a cluster the master
 * counts whose connections are the fewest.
 */
final class RedisMeters implements MeterBinder {

	private static final String CONNECTIONS = "redis-connections";

	private final RedisGuard guard;

	private final RedissonClient redis;

	private final int poolSize;

	RedisMeters(RedisGuard guard, RedisSettings settings) {
		this.guard = guard;
		this.redis = guard.client();
		this.poolSize = settings.poolSize();
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		Gauge.builder("redis.available", () -> this.guard.isAvailable() ? 1 : 0)
			.description("1 while this process uses Redis, 0 while it continues without")
			.register(meters);
		CapacityMeters.register(meters, CONNECTIONS, () -> max((free) -> this.poolSize - free.getCounter()),
				() -> this.poolSize);
		CapacityMeters.registerWaiting(meters, CONNECTIONS, () -> max(AsyncSemaphore::queueSize));
	}

	/** A client that is not connected would connect here, and block the scraper. */
	private int max(ToIntFunction<AsyncSemaphore> measure) {
		if (!this.guard.isConnected() || !(this.redis instanceof Redisson redisson)) {
			return 0;
		}
		return redisson.getCommandExecutor()
			.getConnectionManager()
			.getEntrySet()
			.stream()
			.map((master) -> master.getEntry().getConnectionsHolder().getFreeConnectionsCounter())
			.mapToInt(measure)
			.max()
			.orElse(0);
	}

}
