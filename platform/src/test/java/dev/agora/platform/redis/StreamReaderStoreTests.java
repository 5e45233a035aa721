package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.benmanes.caffeine.cache.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RScript;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.client.codec.StringCodec;

import static org.assertj.core.api.Assertions.assertThat;

class StreamReaderStoreTests extends StreamReaderFixture {

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

	/** Their ids differ only in the second number. */
	@Test
	void receivesEntriesOfTheSameMillisecond() {
		long start = awaitGapless();
		String add = "for i = 1, 200 do redis.call('XADD', KEYS[1], '7000000000000-' .. i, 'previous', "
				+ "i == 1 and '0-0' or '7000000000000-' .. (i - 1), 'text', 'text ' .. i) end";
		this.client.getScript(StringCodec.INSTANCE)
			.eval(RScript.Mode.READ_WRITE, add, RScript.ReturnType.LONG, List.of(KEY));
		await("all are received").until(() -> this.received.size() == 200);
		await("a confirmation").until(() -> this.reader.isGaplessSince(start));
	}

	/** A blocking read of such a stream may return at once, with nothing. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void doesNotReadWithoutAPauseAfterTheLastEntryIsDeleted(int entries) {
		awaitGapless();
		for (int i = 0; i < entries; i++) {
			append("text " + i);
		}
		await("all are received").until(() -> this.received.size() == entries);
		String delete = "return redis.call('XDEL', KEYS[1], redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1][1])";
		this.client.getScript(StringCodec.INSTANCE)
			.eval(RScript.Mode.READ_WRITE, delete, RScript.ReturnType.LONG, List.of(KEY));
		awaitGapless();
		long start = System.nanoTime();
		long reads = reads();
		await("ten reads").until(() -> reads() - reads >= 10);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
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

}
