package dev.agora.gateway.rate;

import java.time.Duration;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

import dev.agora.gateway.rate.RedisBuckets.Grant;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBucketsStoreTests {

	/** So slow that no token is added during a test. */
	private static final RateLimit SLOW = new RateLimit("member", 1, 3600);

	private final TestRedisServer server = TestRedisServer.started(Duration.ofMinutes(1));

	private final RedissonClient redis = this.server.client();

	private final RedisGuard guard = new RedisGuard(this.redis, this.server.settings(), new SimpleMeterRegistry());

	private final RedisBuckets buckets = new RedisBuckets(this.redis, this.guard);

	@AfterAll
	void close() {
		this.guard.close();
		this.redis.shutdown();
		this.server.close();
	}

	@Test
	void grantsNoMoreThanTheBucketHolds() {
		assertThat(take(SLOW, "one", 3000).granted()).isEqualTo(3000);
		Grant rest = take(SLOW, "one", 3000);
		assertThat(rest.granted()).isBetween(600, 700);
		assertThat(rest.left()).isZero();
		assertThat(take(SLOW, "two", 1)).isEqualTo(new Grant(1, 3599));
	}

	@Test
	void grantsNoTokenTwiceToConcurrentCallers() {
		int granted = IntStream.range(0, 500).parallel().map((each) -> take(SLOW, "many", 20).granted()).sum();
		assertThat(granted).isBetween(3600, 3700);
	}

	@Test
	void fillsABucketAtItsRate() {
		RateLimit quick = new RateLimit("address", 1000, 100);
		assertThat(take(quick, "quick", 100).granted()).isEqualTo(100);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(take(quick, "quick", 100).granted()).isPositive());
	}

	@Test
	void keepsNoKeyLongerThanUntilTheBucketIsFull() {
		take(SLOW, "expiring", 10);
		assertThat(this.redis.getBucket(RedisBuckets.key(SLOW, "expiring"), StringCodec.INSTANCE).remainTimeToLive())
			.isBetween(1L, 10_000L);
	}

	@Test
	void reloadsAScriptThatRedisHasLost() {
		take(SLOW, "script", 1);
		this.redis.getScript().scriptFlush();
		assertThat(take(SLOW, "script", 1).granted()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "junk", "nan", "inf", "-1", "1e300", "0x10", "99999999999999999999", "" })
	void treatsABucketWithoutANumberAsFull(String junk) {
		String key = RedisBuckets.key(SLOW, "junk" + junk);
		this.redis.getBucket(key, StringCodec.INSTANCE).set(junk);
		assertThat(take(SLOW, "junk" + junk, 10)).isEqualTo(new Grant(10, 3590));
		assertThat(this.redis.getBucket(key, StringCodec.INSTANCE).remainTimeToLive()).isPositive();
	}

	@Test
	void replacesAKeyOfAnotherType() {
		this.redis.getSet(RedisBuckets.key(SLOW, "set"), StringCodec.INSTANCE).add("junk");
		for (int time = 0; time < 30; time++) {
			assertThat(take(SLOW, "set", 1).granted()).isEqualTo(1);
		}
		assertThat(this.guard.isAvailable()).isTrue();
	}

	private Grant take(RateLimit limit, String client, int requested) {
		return this.buckets.take(limit, client, requested).block();
	}

}
