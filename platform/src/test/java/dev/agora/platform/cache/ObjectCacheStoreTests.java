package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectCacheStoreTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final CacheSettings PATIENT = TestInstance.settings(Duration.ofSeconds(20), 128);

	private static TestRedisServer server;

	private static TestInstance one;

	private static TestInstance two;

	private static TestInstance three;

	private static TestInstance later;

	private final TestOrigin origin = new TestOrigin();

	@BeforeAll
	static void start() {
		server = TestRedisServer.started(LIMIT);
		one = new TestInstance(server, PATIENT, Clock.systemUTC());
		two = new TestInstance(server, PATIENT, Clock.systemUTC());
		three = new TestInstance(server, PATIENT, Clock.systemUTC());
		later = new TestInstance(server, PATIENT, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)));
	}

	@AfterAll
	static void stop() {
		List.of(one, two, three, later).forEach(TestInstance::close);
		server.close();
	}

	@BeforeEach
	void empty() {
		server.flush();
	}

	@AfterEach
	void everyKeyExpires() {
		for (String key : one.redis.getKeys().getKeys()) {
			assertThat(one.redis.getBucket(key).remainTimeToLive()).as(key).isPositive();
		}
	}

	@Test
	void readsTheOriginOnce() {
		this.origin.has("a", 1, "first");
		assertThat(read(one, "a")).isEqualTo(new Thing("first", 1));
		assertThat(read(two, "a")).isEqualTo(new Thing("first", 1));
		assertThat(this.origin.reads()).isEqualTo(1);
	}

	@Test
	void buildsKeysFromServiceObjectShapeAndId() {
		one.things.put("a", 1, new Thing("first", 1)).block(LIMIT);
		assertThat(one.redis.getKeys().getKeys()).containsExactly("test:thing:v1:{a}");
	}

	@Test
	void keepsANewerEntryWhenAnOlderOneIsPut() {
		assertThat(one.things.put("a", 7, new Thing("new", 7)).block(LIMIT)).isTrue();
		assertThat(two.things.put("a", 6, new Thing("old", 6)).block(LIMIT)).isFalse();
		assertThat(two.things.put("a", Long.MAX_VALUE, new Thing("last", 8)).block(LIMIT)).isTrue();
		assertThat(one.things.put("a", Long.MAX_VALUE - 1, new Thing("nearly", 8)).block(LIMIT)).isFalse();
		assertThat(read(one, "a")).isEqualTo(new Thing("last", 8));
	}

	@Test
	void keepsANewerEntryWhenASlowLoadCompletes() {
		this.origin.has("a", 1, "old");
		Sinks.Empty<Void> written = Sinks.empty();
		Mono<Thing> slow = one.things.get("a", (id) -> this.origin.one(id).delayUntil((read) -> written.asMono()))
			.cache();
		slow.subscribe();
		this.origin.awaitReads(1);
		two.things.put("a", 2, new Thing("new", 2)).block(LIMIT);
		written.tryEmitEmpty().orThrow();
		slow.block(LIMIT);
		assertThat(read(one, "a")).isEqualTo(new Thing("new", 2));
		assertThat(one.puts("older")).isPositive();
	}

	@Test
	void keepsATombstoneWhenASlowLoadCompletes() {
		this.origin.has("a", 1, "old").taking(Duration.ofMillis(200));
		Mono<Thing> slow = one.things.get("a", this.origin::one).cache();
		slow.subscribe();
		this.origin.awaitReads(1);
		two.things.remove("a", 2).block(LIMIT);
		slow.block(LIMIT);
		assertThat(read(one, "a")).isNull();
		assertThat(one.things.put("a", 3, new Thing("again", 3)).block(LIMIT)).isTrue();
		assertThat(read(two, "a")).isEqualTo(new Thing("again", 3));
	}

	@Test
	void keepsANewObjectWhenASlowLoadFoundNone() {
		this.origin.taking(Duration.ofMillis(200));
		Mono<Thing> slow = one.things.get("a", this.origin::one).cache();
		slow.subscribe();
		this.origin.awaitReads(1);
		two.things.put("a", 1, new Thing("made", 1)).block(LIMIT);
		slow.block(LIMIT);
		assertThat(read(one, "a")).isEqualTo(new Thing("made", 1));
	}

	@Test
	void invalidatesOnlyOlderEntries() {
		one.things.put("a", 5, new Thing("five", 5)).block(LIMIT);
		assertThat(one.things.invalidate("a", 5).block(LIMIT)).isFalse();
		assertThat(one.things.invalidate("a", 6).block(LIMIT)).isTrue();
		assertThat(one.things.put("a", 5, new Thing("five", 5)).block(LIMIT)).isFalse();
		this.origin.has("a", 6, "six");
		assertThat(name(one, "a")).isEqualTo("six");
		assertThat(name(two, "a")).isEqualTo("six");
		assertThat(this.origin.reads()).isEqualTo(1);
	}

	@Test
	void cachesAbsenceUntilAPut() {
		assertThat(read(one, "a")).isNull();
		assertThat(read(two, "a")).isNull();
		assertThat(this.origin.reads()).isEqualTo(1);
		assertThat(one.things.put("a", 1, new Thing("first", 1)).block(LIMIT)).isTrue();
		assertThat(read(two, "a")).isEqualTo(new Thing("first", 1));
	}

	@Test
	void servesAStaleEntryAndRefreshesItOnce() {
		this.origin.has("a", 2, "new").taking(Duration.ofSeconds(1));
		one.things.put("a", 1, new Thing("old", 1)).block(LIMIT);
		List<Thing> read = Flux.range(0, 20)
			.flatMap((n) -> later.things.get("a", this.origin::one))
			.collectList()
			.block(LIMIT);
		assertThat(read).containsOnly(new Thing("old", 1));
		Awaitility.await().until(() -> "new".equals(name(later, "a")));
		assertThat(this.origin.reads()).isEqualTo(1);
		assertThat(later.reads("stale")).isGreaterThanOrEqualTo(20);
	}

	@Test
	void removesAStaleEntryWhoseObjectIsDeleted() {
		one.things.put("a", 1, new Thing("old", 1)).block(LIMIT);
		assertThat(read(later, "a")).isNotNull();
		Awaitility.await().until(() -> read(later, "a") == null);
		assertThat(one.things.put("a", 1, new Thing("old", 1)).block(LIMIT)).isFalse();
	}

	@Test
	void loadsAgainWhenAnEntryIsUnreadable() {
		this.origin.has("a", 3, "good").has("b", 3, "good");
		one.redis.getBucket("test:thing:v1:{a}", StringCodec.INSTANCE).set("rubbish", LIMIT);
		one.redis.getBucket("test:thing:v1:{b}", StringCodec.INSTANCE)
			.set("1 0000000000000000003V 9753363939123 9753364239123 {\"name\":", LIMIT);
		for (String id : List.of("a", "b")) {
			assertThat(name(one, id)).isEqualTo("good");
			assertThat(name(two, id)).isEqualTo("good");
			assertThat(this.origin.reads(id)).isEqualTo(1);
		}
	}

	@Test
	void loadsTheMissingObjectsInOneCall() {
		this.origin.has("a", 1, "a").has("b", 1, "b").has("c", 1, "c");
		one.things.put("a", 1, new Thing("cached", 1)).block(LIMIT);
		Map<String, Thing> read = two.things.getAll(List.of("a", "b", "c", "none"), this.origin::all).block(LIMIT);
		assertThat(read).containsOnlyKeys("a", "b", "c").containsEntry("a", new Thing("cached", 1));
		assertThat(one.things.getAll(List.of("a", "b", "c", "none"), this.origin::all).block(LIMIT)).isEqualTo(read);
		assertThat(this.origin.calls()).isEqualTo(1);
		assertThat(this.origin.reads()).isEqualTo(3);
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
		this.origin.awaitReads(1);
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

	private @Nullable String name(TestInstance instance, String id) {
		Thing thing = read(instance, id);
		return (thing != null) ? thing.name() : null;
	}

}
