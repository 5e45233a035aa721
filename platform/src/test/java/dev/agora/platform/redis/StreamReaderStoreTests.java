package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.client.codec.StringCodec;

import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class StreamReaderStoreTests {

	private static final String KEY = "test:news:v1:{all}";

	/** A busy machine confirms late. */
	private static final Duration MAX_AGE = Duration.ofSeconds(2);

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient client = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.client, this.redis.settings(), new SimpleMeterRegistry());

	private final StreamWriter writer = new StreamWriter(this.guard, KEY);

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final StreamReader reader = new StreamReader(this.guard, KEY, MAX_AGE, this.received::add,
			Ticker.systemTicker());

	@AfterEach
	void close() {
		this.reader.close();
		this.guard.close();
		this.client.shutdown();
		this.redis.close();
	}

	@Test
	void receivesAllEntriesInOrderWithoutAGap() {
		long start = awaitGapless();
		for (int i = 0; i < 100; i++) {
			append("text " + i);
		}
		await("all are received").until(() -> this.received.size() == 100);
		assertThat(this.received).startsWith("text 0", "text 1").endsWith("text 99");
		await("a confirmation").until(() -> this.reader.isGaplessSince(start));
	}

	@Test
	void receivesNothingFromBeforeItStarts() {
		append("before");
		awaitGapless();
		append("old");
		await("the text is received").until(() -> this.received.contains("old"));
		List<String> later = new CopyOnWriteArrayList<>();
		try (StreamReader other = new StreamReader(this.guard, KEY, MAX_AGE, later::add, Ticker.systemTicker())) {
			await("a confirmation").until(other::isConfirmed);
			append("new");
			await("the text is received").until(() -> !later.isEmpty());
			assertThat(later).containsExactly("new");
		}
	}

	@Test
	void noticesThatAnEntryIsMissing() {
		long start = awaitGapless();
		append("first");
		await("the text is received").until(() -> this.received.contains("first"));
		// An entry that names another predecessor than the one received.
		stream().add(StreamAddArgs.entries(StreamWriter.PREVIOUS, "1-1", StreamWriter.TEXT, "third"));
		await("the text is received").until(() -> this.received.contains("third"));
		assertThat(this.reader.isGaplessSince(start)).isFalse();
		assertThat(awaitGapless()).isGreaterThan(start);
	}

	@Test
	void noticesThatTheStreamIsLost() {
		append("text");
		long start = awaitGapless();
		this.redis.flush();
		await("the gap is noticed").until(() -> !this.reader.isGaplessSince(start));
		awaitGapless();
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
	}

	/** The stream of a replica whose clock is behind has lower ids too. */
	@Test
	void receivesEntriesOfANewStreamWhoseIdsAreLower() {
		awaitGapless();
		stream().add(new StreamMessageId(Long.MAX_VALUE, 0),
				StreamAddArgs.entries(StreamWriter.PREVIOUS, "0-0", StreamWriter.TEXT, "high"));
		await("the text is received").until(() -> this.received.contains("high"));
		long start = awaitGapless();
		this.client.getKeys().delete(KEY);
		await("the gap is noticed").until(() -> !this.reader.isGaplessSince(start));
		append("low");
		await("the text is received").until(() -> this.received.contains("low"));
	}

	@Test
	void isNotConfirmedWhileRedisIsUnavailable() {
		long start = awaitGapless();
		this.redis.stop();
		await("no confirmation").until(() -> !this.reader.isConfirmed());
		this.redis.start();
		long later = awaitGapless();
		assertThat(this.reader.isGaplessSince(start)).isFalse();
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
		await("a confirmation").until(() -> this.reader.isGaplessSince(later));
	}

	/** Otherwise readers would stay confirmed while no revocation can be appended. */
	@ParameterizedTest
	@ValueSource(strings = { "maxmemory 1", "min-replicas-to-write 1" })
	void isNotConfirmedWhileRedisRefusesWrites(String setting) {
		long start = awaitGapless();
		this.redis.ask("CONFIG SET " + setting);
		assertThatException().isThrownBy(() -> append("text"));
		await("no confirmation").until(() -> !this.reader.isConfirmed());
		this.redis.ask("CONFIG SET " + setting.replace(" 1", " 0"));
		long later = awaitGapless();
		assertThat(this.reader.isGaplessSince(start)).isFalse();
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
		await("a confirmation").until(() -> this.reader.isGaplessSince(later));
	}

	/**
	 * A replica that took over meanwhile could lack entries that no reader has received.
	 */
	@Test
	void countsWhatWasAppendedDuringALongSilenceAsMissed() {
		append("text");
		long start = awaitGapless();
		this.redis.freeze();
		await("no confirmation").until(() -> !this.reader.isConfirmed());
		this.redis.thaw();
		awaitGapless();
		assertThat(this.reader.isGaplessSince(start)).isFalse();
	}

	@Test
	void waitsInOneConnectionOnceRedisIsBack() {
		for (int time = 0; time < 3; time++) {
			awaitGapless();
			this.redis.freeze();
			await("no confirmation").until(() -> !this.reader.isConfirmed());
			this.redis.thaw();
		}
		awaitGapless();
		await("one blocked client").until(() -> this.redis.ask("INFO clients").contains("blocked_clients:1"));
	}

	@Test
	void replacesAForeignKey() {
		this.client.getBucket(KEY).set("junk");
		awaitGapless();
		append("text");
		await("the text is received").until(() -> this.received.contains("text"));
		assertThat(this.client.getBucket(KEY).remainTimeToLive()).isPositive();
	}

	/** A moment since which nothing was missed. */
	private long awaitGapless() {
		await("nothing is missed").until(() -> this.reader.isGaplessSince(System.nanoTime()));
		return System.nanoTime();
	}

	private void append(String text) {
		this.writer.append(text).block(Duration.ofSeconds(5));
	}

	private RStream<String, String> stream() {
		return this.client.getStream(KEY, StringCodec.INSTANCE);
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
