package dev.agora.platform.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionStoreTests {

	/** Longer than a busy machine delays a heartbeat. */
	private static final Duration MAX_AGE = Duration.ofSeconds(2);

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient client = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.client, this.redis.settings(), new SimpleMeterRegistry());

	private final Broadcast broadcast = new Broadcast(this.guard, "test:news:v1", Clock.systemUTC());

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final Subscription subscription = new Subscription(this.broadcast, Duration.ofMillis(50), MAX_AGE,
			this.received::add, Ticker.systemTicker());

	@AfterEach
	void close() {
		this.subscription.close();
		this.guard.close();
		this.client.shutdown();
		this.redis.close();
	}

	@Test
	void receivesAllMessagesInOrder() {
		long start = awaitGapless();
		for (int i = 0; i < 100; i++) {
			publish("text " + i);
		}
		await("all messages are received").until(() -> this.received.size() == 100);
		assertThat(this.received).startsWith("text 0", "text 1").endsWith("text 99");
		await("a later heartbeat is received").until(() -> this.subscription.isConfirmed(MAX_AGE));
		assertThat(this.subscription.covers(start, MAX_AGE)).isTrue();
	}

	@Test
	void detectsAMissedMessage() {
		long start = awaitGapless();
		// As if a message had been published that was not delivered.
		this.client.getAtomicLong("test:news:v1:{count}").incrementAndGet();
		await("the gap is detected").until(() -> !this.subscription.covers(start, Duration.ofDays(1)));
		assertThat(awaitGapless()).isGreaterThan(start);
	}

	@Test
	void reportsAGapAfterAnOutage() {
		long start = awaitGapless();
		this.redis.stop();
		await("heartbeats are missed").until(() -> !this.subscription.isConfirmed(MAX_AGE));
		this.redis.start();
		long later = awaitGapless();
		assertThat(this.subscription.covers(start, Duration.ofDays(1))).isFalse();
		publish("later");
		await("the message is received").until(() -> this.received.contains("later"));
		assertThat(this.subscription.covers(later, Duration.ofDays(1))).isTrue();
	}

	/** A replica that takes over may lack the last messages together with their count. */
	@Test
	void reportsAGapAfterASilenceWithoutAChangedCounter() {
		long start = awaitGapless();
		this.redis.freeze();
		await("heartbeats are missed").until(() -> !this.subscription.isConfirmed(MAX_AGE));
		this.redis.thaw();
		long later = awaitGapless();
		assertThat(this.subscription.covers(start, Duration.ofDays(1))).isFalse();
		assertThat(this.subscription.covers(later, Duration.ofDays(1))).isTrue();
	}

	@Test
	void detectsALostCounter() {
		long start = awaitGapless();
		this.redis.flush();
		await("the gap is detected").until(() -> !this.subscription.covers(start, Duration.ofDays(1)));
		awaitGapless();
	}

	@Test
	void subscribesAgainAfterMissedHeartbeats() {
		awaitGapless();
		this.client.getTopic("test:news:v1", StringCodec.INSTANCE).removeAllListeners();
		await("heartbeats are missed").until(() -> !this.subscription.isConfirmed(MAX_AGE));
		awaitGapless();
		publish("again");
		await("the message is received").until(() -> this.received.contains("again"));
	}

	/** Returns a moment since which no message was missed. */
	private long awaitGapless() {
		await("no message is missed").until(() -> this.subscription.covers(System.nanoTime(), MAX_AGE));
		return System.nanoTime();
	}

	private void publish(String text) {
		this.broadcast.publish(text).block(Duration.ofSeconds(5));
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
