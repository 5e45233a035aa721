package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.redisson.api.RedissonClient;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.redis.RedisConfiguration;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisSettings;
import dev.agora.platform.testing.TestRedisServer;

/**
 * The cache of one instance of a service, with its own client, guard and meters.
 */
public final class TestInstance implements AutoCloseable {

	static final CacheSettings SETTINGS = settings(Duration.ofSeconds(2), 128);

	public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	public final RedissonClient redis;

	public final RedisGuard guard;

	final ObjectCaches caches;

	public final ObjectCache<Thing> things;

	public TestInstance(TestRedisServer server, CacheSettings settings, Clock clock) {
		this.redis = server.client();
		this.guard = new RedisGuard(this.redis, server.settings(), this.meters);
		this.caches = new ObjectCaches(this.guard, settings, this.meters, JsonMapper.builder().build(), clock);
		this.things = this.caches.of("test", "thing", 1, Thing.class);
	}

	/** Creates an instance of a service that connects as a user of Redis. */
	public TestInstance(TestRedisServer server, String user, String password, String service) {
		RedisSettings settings = new RedisSettings(List.of(server.address()), RedisSettings.Mode.SINGLE, "", user,
				password, null, Duration.ofMillis(500), Duration.ofSeconds(1), 16, Duration.ofMillis(300));
		this.redis = RedisConfiguration.client(settings);
		this.guard = new RedisGuard(this.redis, settings, this.meters);
		this.caches = new ObjectCaches(this.guard, SETTINGS, this.meters, JsonMapper.builder().build(),
				Clock.systemUTC());
		this.things = this.caches.of(service, "thing", 1, Thing.class);
	}

	public TestInstance(TestRedisServer server) {
		this(server, SETTINGS, Clock.systemUTC());
	}

	static CacheSettings settings(Duration loadDeadline, int maxOriginReads) {
		return new CacheSettings(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(30),
				Duration.ofSeconds(30), loadDeadline, loadDeadline.multipliedBy(2), loadDeadline.multipliedBy(3),
				maxOriginReads, Duration.ofMillis(50));
	}

	public double reads(String result) {
		return this.meters.counter("cache.reads", "cache", "test:thing", "result", result).count();
	}

	/** Returns the number of loads for a reason, as the metrics show it. */
	long loads(String cause) {
		return this.meters.timer("cache.loads", "cache", "test:thing", "cause", cause, "result", "ok").count();
	}

	double puts(String result) {
		return this.meters.counter("cache.puts", "cache", "test:thing", "result", result).count();
	}

	public double missed() {
		return this.meters.get("cache.writes.missed").gauge().value();
	}

	@Override
	public void close() {
		this.caches.close();
		this.guard.close();
		this.redis.shutdown();
	}

	/**
	 * The object that these tests cache.
	 */
	public record Thing(String name, int count) {
	}

}
