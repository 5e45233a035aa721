package dev.agora.platform.redis;

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

/** Finds values of another client under the keys of the cache. */
class ForeignKeysStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String KEY = "test:thing:v1:{a}";

	private static TestRedisServer server;

	private final TestOrigin origin = new TestOrigin().has("a", 1, "a").has("b", 1, "b");

	private TestInstance instance;

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
		this.instance = new TestInstance(server);
	}

	@AfterEach
	void close() {
		this.instance.close();
	}

	@ParameterizedTest
	@EnumSource
	void replacesAForeignEntryAtTheFirstRead(Foreign foreign) {
		foreign.put(this.instance, KEY);
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.instance.redis.getBucket(KEY).remainTimeToLive()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void replacesAForeignEntryAmongOthers(Foreign foreign) {
		foreign.put(this.instance, KEY);
		for (int time = 0; time < 2; time++) {
			assertThat(this.instance.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT))
				.isEqualTo(Map.of("a", new Thing("a", 1), "b", new Thing("b", 1)));
		}
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.origin.reads("b")).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET", "TEXT" })
	void replacesAForeignEntryByAPut(Foreign foreign) {
		foreign.put(this.instance, KEY);
		assertThat(this.instance.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isTrue();
		assertThat(this.instance.missed()).isZero();
		assertThat(read("a")).isEqualTo(new Thing("new", 2));
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET", "TEXT" })
	void loadsInSpiteOfAForeignLease(Foreign foreign) {
		foreign.put(this.instance, KEY + ":lease");
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(read("a")).isEqualTo(new Thing("a", 1));
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.instance.redis.getBucket(KEY + ":lease").isExists()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET" })
	void keepsTheCircuitClosedWithManyForeignEntries(Foreign foreign) {
		Set<String> ids = IntStream.range(0, 50).mapToObj((each) -> "x" + each).collect(Collectors.toSet());
		ids.forEach((id) -> {
			this.origin.has(id, 1, id);
			foreign.put(this.instance, "test:thing:v1:{" + id + "}");
		});
		ids.forEach((id) -> assertThat(read(id)).isEqualTo(new Thing(id, 1)));
		assertThat(this.instance.guard.isAvailable()).isTrue();
		assertThat(this.instance.reads("bypass")).isZero();
		assertThat(this.instance.meters.counter("redis.keys.replaced").count()).isEqualTo(50);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST", "HASH", "SET", "SORTED_SET", "TEXT" })
	void replacesAForeignStream(Foreign foreign) {
		foreign.put(this.instance, "test:news:v1:{all}");
		new StreamWriter(this.instance.guard, "test:news:v1:{all}").append("news").block(LIMIT);
		assertThat(this.instance.redis.getStream("test:news:v1:{all}", StringCodec.INSTANCE).size()).isEqualTo(1);
	}

	private Thing read(String id) {
		return this.instance.things.get(id, this.origin::one).block(LIMIT);
	}

	/** A value of another client, which never expires. */
	enum Foreign {

		LIST, HASH, SET, SORTED_SET, TEXT, NO_JSON, OTHER_JSON, NULL_JSON, HIGH_VERSION, TOO_HIGH_VERSION;

		private static final String TIMES = " 1753363939123 9753364239123 ";

		void put(TestInstance instance, String key) {
			switch (this) {
				case LIST -> instance.redis.getList(key, StringCodec.INSTANCE).add("junk");
				case HASH -> instance.redis.getMap(key, StringCodec.INSTANCE).put("junk", "junk");
				case SET -> instance.redis.getSet(key, StringCodec.INSTANCE).add("junk");
				case SORTED_SET -> instance.redis.getScoredSortedSet(key, StringCodec.INSTANCE).add(1, "junk");
				case TEXT -> text(instance, key, "junk");
				case NO_JSON -> text(instance, key, "1 0000000000000000001V" + TIMES + "{");
				case OTHER_JSON -> text(instance, key, "1 0000000000000000001V" + TIMES + "[1]");
				case NULL_JSON -> text(instance, key, "1 0000000000000000001V" + TIMES + "null");
				case HIGH_VERSION -> text(instance, key, "1 9000000000000000000V" + TIMES + "{");
				case TOO_HIGH_VERSION -> text(instance, key, "1 9999999999999999999V" + TIMES + "{}");
			}
		}

		private static void text(TestInstance instance, String key, String text) {
			instance.redis.getBucket(key, StringCodec.INSTANCE).set(text);
		}

	}

}
