package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.agora.platform.testing.RedisServerForTests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.redisson.api.RedissonClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * One process of a service as far as its cache goes: its own client, guard and meters.
 */
final class CloneForTests implements AutoCloseable {

	static final CacheSettings SETTINGS = settings(Duration.ofSeconds(5), 128);

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final RedissonClient redis;

	final RedisGuard guard;

	final ObjectCaches caches;

	final ObjectCache<Thing> things;

	CloneForTests(RedisServerForTests server, CacheSettings settings, Clock clock) {
		this.redis = server.client();
		this.guard = new RedisGuard(this.redis, server.settings(), this.meters);
		this.caches = new ObjectCaches(this.guard, settings, this.meters, JsonMapper.builder().build(), clock);
		this.things = this.caches.of("test", "thing", 1, Thing.class);
	}

	/** One with a user of Redis, whose keys are those of a service. */
	CloneForTests(RedisServerForTests server, String user, String password, String service) {
		RedisSettings settings = new RedisSettings(List.of(server.address()), RedisSettings.Mode.SINGLE, "", user,
				password, null, Duration.ofMillis(500), Duration.ofSeconds(1), 16, Duration.ofMillis(300));
		this.redis = RedissonConfiguration.client(settings);
		this.guard = new RedisGuard(this.redis, settings, this.meters);
		this.caches = new ObjectCaches(this.guard, SETTINGS, this.meters, JsonMapper.builder().build(),
				Clock.systemUTC());
		this.things = this.caches.of(service, "thing", 1, Thing.class);
	}

	CloneForTests(RedisServerForTests server) {
		this(server, SETTINGS, Clock.systemUTC());
	}

	static CacheSettings settings(Duration leaseWait, int directReads) {
		return new CacheSettings(Duration.ofMinutes(5), Duration.ofHours(1), 0.2, Duration.ofSeconds(30),
				Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(10), leaseWait, Duration.ofMillis(10),
				directReads, Duration.ofMillis(50));
	}

	double reads(String result) {
		return this.meters.counter("cache.reads", "cache", "test:thing", "result", result).count();
	}

	double puts(String result) {
		return this.meters.counter("cache.puts", "cache", "test:thing", "result", result).count();
	}

	double missed() {
		return this.meters.get("cache.writes.missed").gauge().value();
	}

	@Override
	public void close() {
		this.caches.close();
		this.guard.close();
		this.redis.shutdown();
	}

	/**
	 * What is cached in these tests.
	 */
	record Thing(String name, int count) {
	}

}
