package dev.agora.platform.cache;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Evicts cached objects, also while a slow load of them is in flight. */
class EvictionStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static TestRedisServer server;

	private static TestInstance one;

	private static TestInstance two;

	private final TestOrigin origin = new TestOrigin();

	@BeforeAll
	static void start() {
		server = TestRedisServer.started();
		one = new TestInstance(server);
		two = new TestInstance(server);
	}

	@AfterAll
	static void stop() {
		one.close();
		two.close();
		server.close();
	}

	@BeforeEach
	void empty() {
		server.flush();
	}

	@Test
	void loadsAnEvictedObjectAgain() {
		this.origin.has("a", 1, "old");
		read(one, "a");
		this.origin.has("a", 1, "new");
		two.things.evict("a").block(LIMIT);
		assertThat(read(one, "a")).isEqualTo(new Thing("new", 1));
	}

	@Test
	void storesNothingWhenTheObjectWasEvictedDuringASlowLoad() {
		this.origin.has("a", 1, "old").taking(Duration.ofMillis(300));
		Mono<Thing> slow = one.things.get("a", this.origin::one).cache();
		slow.subscribe();
		awaitReads(1);
		two.things.evict("a").block(LIMIT);
		assertThat(slow.block(LIMIT)).isEqualTo(new Thing("old", 1));
		assertThat(one.redis.getKeys().count()).isZero();
		this.origin.has("a", 1, "new");
		assertThat(read(two, "a")).isEqualTo(new Thing("new", 1));
	}

	@Test
	void refusesAnEvictionWhileRedisIsUnavailable() {
		try (TestRedisServer stopped = TestRedisServer.stopped(); TestInstance instance = new TestInstance(stopped)) {
			assertThatExceptionOfType(RedisFailure.class).isThrownBy(() -> instance.things.evict("a").block(LIMIT));
		}
	}

	private @Nullable Thing read(TestInstance instance, String id) {
		return instance.things.get(id, this.origin::one).block(LIMIT);
	}

	private void awaitReads(int count) {
		Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> this.origin.reads() >= count);
	}

}
