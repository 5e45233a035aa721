package dev.agora.platform.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.client.codec.StringCodec;

import dev.agora.platform.cache.TestInstance;
import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.cache.TestOrigin;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys of ours under which somebody else has put something. */
class ForeignKeysStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String KEY = "test:thing:v1:{a}";

	private static TestRedisServer server;

	private final TestOrigin origin = new TestOrigin().has("a", 1, "a").has("b", 1, "b");

	private TestInstance clone;

	@BeforeAll
	static void startRedis() {
		server = TestRedisServer.started();
	}

	@AfterAll
	static void stopRedis() {
		server.close();
	}

	@BeforeEach
	void open() {
		server.flush();
		this.clone = new TestInstance(server);
	}

	@AfterEach
	void close() {
		this.clone.close();
	}

	@ParameterizedTest
	@EnumSource
	void aForeignEntryIsReplacedAtTheFirstRead(Foreign foreign) {
		foreign.put(this.clone, KEY);
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.clone.redis.getBucket(KEY).remainTimeToLive()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void aForeignEntryAmongManyIsReplaced(Foreign foreign) {
		foreign.put(this.clone, KEY);
		for (int time = 0; time < 2; time++) {
			assertThat(this.clone.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT))
				.isEqualTo(Map.of("a", new Thing("a", 1), "b", new Thing("b", 1)));
		}
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.origin.reads("b")).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET", "TEXT" })
	void aForeignEntryIsReplacedByAWrite(Foreign foreign) {
		foreign.put(this.clone, KEY);
		assertThat(this.clone.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isTrue();
		assertThat(this.clone.missed()).isZero();
		assertThat(read("a")).isEqualTo(new Thing("new", 2));
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET", "TEXT" })
	void aForeignLeaseHoldsUpNobody(Foreign foreign) {
		foreign.put(this.clone, KEY + ":lease");
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.clone.redis.getBucket(KEY + ":lease").isExists()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET" })
	void manyForeignEntriesDoNotTurnTheCacheOff(Foreign foreign) {
		Set<String> ids = IntStream.range(0, 50).mapToObj((each) -> "x" + each).collect(Collectors.toSet());
		ids.forEach((id) -> {
			this.origin.has(id, 1, id);
			foreign.put(this.clone, "test:thing:v1:{" + id + "}");
		});
		ids.forEach((id) -> assertThat(read(id)).isEqualTo(new Thing(id, 1)));
		assertThat(this.clone.guard.isAvailable()).isTrue();
		assertThat(this.clone.reads("bypass")).isZero();
		assertThat(this.clone.meters.counter("redis.keys.replaced").count()).isEqualTo(50);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET", "TEXT" })
	void aForeignCountOfABroadcastIsReplaced(Foreign foreign) {
		foreign.put(this.clone, "test:news:v1:{count}");
		new Broadcast(this.clone.guard, "test:news:v1", Clock.systemUTC()).tell("news").block(LIMIT);
		assertThat(this.clone.redis.<String>getBucket("test:news:v1:{count}", StringCodec.INSTANCE).get())
			.containsOnlyDigits();
	}

	private Thing read(String id) {
		return this.clone.things.get(id, this.origin::one).block(LIMIT);
	}

	/** What may stand under a key; none of it ever expires. */
	enum Foreign {

		LIST, HASH, SET, SORTED_SET, TEXT, NO_JSON, OTHER_JSON, NULL_JSON, HIGH_VERSION, TOO_HIGH_VERSION;

		private static final String TIMES = " 1753363939123 9753364239123 ";

		void put(TestInstance clone, String key) {
			switch (this) {
				case LIST -> clone.redis.getList(key, StringCodec.INSTANCE).add("junk");
				case HASH -> clone.redis.getMap(key, StringCodec.INSTANCE).put("junk", "junk");
				case SET -> clone.redis.getSet(key, StringCodec.INSTANCE).add("junk");
				case SORTED_SET -> clone.redis.getScoredSortedSet(key, StringCodec.INSTANCE).add(1, "junk");
				case TEXT -> text(clone, key, "junk");
				case NO_JSON -> text(clone, key, "1 0000000000000000001V" + TIMES + "{");
				case OTHER_JSON -> text(clone, key, "1 0000000000000000001V" + TIMES + "[1]");
				case NULL_JSON -> text(clone, key, "1 0000000000000000001V" + TIMES + "null");
				case HIGH_VERSION -> text(clone, key, "1 9000000000000000000V" + TIMES + "{");
				case TOO_HIGH_VERSION -> text(clone, key, "1 9999999999999999999V" + TIMES + "{}");
			}
		}

		private static void text(TestInstance clone, String key, String text) {
			clone.redis.getBucket(key, StringCodec.INSTANCE).set(text);
		}

	}

}
