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

	/** A busy machine is no silence. */
	private static final Duration SILENCE = Duration.ofSeconds(2);

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient client = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.client, this.redis.settings(), new SimpleMeterRegistry());

	private final Broadcast broadcast = new Broadcast(this.guard, "test:told:v1", Clock.systemUTC());

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final Subscription reception = new Subscription(this.broadcast, Duration.ofMillis(50), SILENCE,
			this.told::add, Ticker.systemTicker());

	@AfterEach
	void close() {
		this.reception.close();
		this.guard.close();
		this.client.shutdown();
		this.redis.close();
	}

	@Test
	void hearsInOrderWhatIsToldAndMissesNothing() {
		long start = awaitComplete();
		for (int i = 0; i < 100; i++) {
			tell("text " + i);
		}
		await("all is heard").until(() -> this.told.size() == 100);
		assertThat(this.told).startsWith("text 0", "text 1").endsWith("text 99");
		await("a proof since").until(() -> this.reception.isProven(SILENCE));
		assertThat(this.reception.covers(start, SILENCE)).isTrue();
	}

	@Test
	void noticesThatOneWasMissed() {
		long start = awaitComplete();
		// Told as far as Redis knows, and never heard.
		this.client.getAtomicLong("test:told:v1:{count}").incrementAndGet();
		await("it is noticed").until(() -> !this.reception.covers(start, Duration.ofDays(1)));
		assertThat(awaitComplete()).isGreaterThan(start);
	}

	@Test
	void hasNoProofWhileRedisIsAwayAndMissesWhatCameMeanwhile() {
		long start = awaitComplete();
		this.redis.stop();
		await("no proof").until(() -> !this.reception.isProven(SILENCE));
		this.redis.start();
		long later = awaitComplete();
		assertThat(this.reception.covers(start, Duration.ofDays(1))).isFalse();
		tell("later");
		await("it is heard").until(() -> this.told.contains("later"));
		assertThat(this.reception.covers(later, Duration.ofDays(1))).isTrue();
	}

	/** As is that of a replica which took over without the last texts. */
	@Test
	void missesWhatMayHaveComeInASilenceThoughTheCountIsRight() {
		long start = awaitComplete();
		this.redis.freeze();
		await("no proof").until(() -> !this.reception.isProven(SILENCE));
		this.redis.thaw();
		long later = awaitComplete();
		assertThat(this.reception.covers(start, Duration.ofDays(1))).isFalse();
		assertThat(this.reception.covers(later, Duration.ofDays(1))).isTrue();
	}

	@Test
	void noticesThatTheCountWasLost() {
		long start = awaitComplete();
		this.redis.flush();
		await("it is noticed").until(() -> !this.reception.covers(start, Duration.ofDays(1)));
		awaitComplete();
	}

	@Test
	void listensAgainOnceItIsDeaf() {
		awaitComplete();
		this.client.getTopic("test:told:v1", StringCodec.INSTANCE).removeAllListeners();
		await("no proof").until(() -> !this.reception.isProven(SILENCE));
		awaitComplete();
		tell("again");
		await("it is heard").until(() -> this.told.contains("again"));
	}

	/** A moment since which nothing was missed. */
	private long awaitComplete() {
		await("nothing is missed").until(() -> this.reception.covers(System.nanoTime(), SILENCE));
		return System.nanoTime();
	}

	private void tell(String text) {
		this.broadcast.tell(text).block(Duration.ofSeconds(5));
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
