package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;

import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedisMetersStoreTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void measuresTheConnectionsInUse() {
		try (TestRedisServer server = TestRedisServer.started()) {
			RedissonClient client = server.client();
			try (RedisGuard guard = new RedisGuard(client, server.settings(), this.meters)) {
				new RedisMeters(guard, server.settings()).bindTo(this.meters);
				assertThat(value("capacity.limit")).isEqualTo(server.settings().poolSize());
				assertThat(value("redis.available")).isEqualTo(1);
				RFuture<Object> poll = client.getBlockingQueue("empty").pollAsync(2, TimeUnit.SECONDS);
				await().atMost(BOUND).until(() -> value("capacity.used") == 1);
				await().atMost(BOUND).until(poll::isDone);
				await().atMost(BOUND).until(() -> value("capacity.used") == 0);
			}
			finally {
				client.shutdown();
			}
		}
	}

	/** The scraper must not connect the client, which would block it. */
	@Test
	void doesNotConnect() {
		RedisSettings settings = new RedisSettings(List.of("redis://127.0.0.1:1"), RedisSettings.Mode.SINGLE, "", null,
				null, null, Duration.ofMillis(500), Duration.ofSeconds(1), 16, Duration.ofMinutes(10));
		RedissonClient client = RedisConfiguration.client(settings);
		try (RedisGuard guard = new RedisGuard(client, settings, this.meters)) {
			new RedisMeters(guard, settings).bindTo(this.meters);
			assertThat(value("capacity.used")).isZero();
			assertThat(value("redis.available")).isZero();
		}
	}

	private double value(String meter) {
		return this.meters.get(meter).gauge().value();
	}

}
