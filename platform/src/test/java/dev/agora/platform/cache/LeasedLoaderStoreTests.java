package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RBucket;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Loads of several instances that miss the same objects. */
class LeasedLoaderStoreTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static TestRedisServer server;

	private static List<TestInstance> instances;

	private static TestInstance one;

	private static TestInstance two;

	private final TestOrigin origin = new TestOrigin();

	@BeforeAll
	static void start() {
		server = TestRedisServer.started(LIMIT);
		CacheSettings patient = TestInstance.settings(Duration.ofSeconds(20), 128);
		instances = Stream.generate(() -> new TestInstance(server, patient, Clock.systemUTC())).limit(3).toList();
		one = instances.get(0);
		two = instances.get(1);
	}

	@AfterAll
	static void stop() {
		instances.forEach(TestInstance::close);
		server.close();
	}

	@BeforeEach
	void empty() {
		server.flush();
	}

	@Test
	void storesNothingWhenRedisWasFlushedDuringASlowLoad() {
		this.origin.has("a", 1, "old").taking(Duration.ofMillis(300));
		Mono<Thing> slow = one.things.get("a", this.origin::one).cache();
		slow.subscribe();
		this.origin.awaitReads(1);
		two.things.put("a", 2, new Thing("new", 2)).block(LIMIT);
		server.flush();
		assertThat(slow.block(LIMIT)).isEqualTo(new Thing("old", 1));
		this.origin.has("a", 2, "new");
		assertThat(name(two, "a")).isEqualTo("new");
	}

	@Test
	void loadsOnceForReadersOfSeveralInstances() {
		this.origin.has("a", 1, "first").taking(Duration.ofMillis(100));
		List<Thing> read = Flux.range(0, 200)
			.flatMap((n) -> instances.get(n % 3).things.get("a", this.origin::one).subscribeOn(Schedulers.parallel()),
					200)
			.collectList()
			.block(LIMIT);
		assertThat(read).hasSize(200).containsOnly(new Thing("first", 1));
		assertThat(this.origin.reads()).isEqualTo(1);
	}

	@Test
	void loadsEachKeyOnceAfterAFlushUnderLoad() {
		List<String> ids = IntStream.range(0, 50).mapToObj((n) -> "k" + n).toList();
		ids.forEach((id) -> this.origin.has(id, 1, id));
		this.origin.taking(Duration.ofMillis(20));
		Flux.range(0, 1000)
			.flatMap((n) -> instances.get(n % 3).things.get(ids.get(n % 50), this.origin::one)
				.subscribeOn(Schedulers.parallel()), 300)
			.blockLast(LIMIT);
		ids.forEach((id) -> assertThat(this.origin.reads(id)).as(id).isEqualTo(1));
	}

	@Test
	void loadsEachObjectOnceForConcurrentBulkReaders() {
		List<String> ids = IntStream.range(0, 30).mapToObj((n) -> "k" + n).toList();
		ids.forEach((id) -> this.origin.has(id, 1, id));
		this.origin.taking(Duration.ofMillis(50));
		List<Map<String, Thing>> read = Flux.range(0, 30)
			.flatMap((n) -> instances.get(n % 3).things.getAll(ids.subList(n % 20, 30), this.origin::all))
			.collectList()
			.block(LIMIT);
		assertThat(read).allSatisfy((all) -> assertThat(all).containsKeys("k20", "k29"));
		ids.forEach((id) -> assertThat(this.origin.reads(id)).as(id).isEqualTo(1));
	}

	@Test
	void waitsUntilTheLeaseOfADeadHolderExpires() {
		this.origin.has("a", 1, "first");
		lease("a").set("of-a-dead-process", Duration.ofMillis(300));
		assertThat(name(one, "a")).isEqualTo("first");
		assertThat(name(two, "a")).isEqualTo("first");
		assertThat(this.origin.reads()).isEqualTo(1);
	}

	@Test
	void leavesALeaseThatItHasWaitedForToItsHolder() {
		this.origin.has("a", 1, "first");
		lease("a").set("of-a-slow-process", Duration.ofMinutes(1));
		try (TestInstance impatient = new TestInstance(server, TestInstance.settings(Duration.ofMillis(500), 128),
				Clock.systemUTC())) {
			assertThat(name(impatient, "a")).isEqualTo("first");
			assertThat(lease("a").get()).isEqualTo("of-a-slow-process");
			assertThat(impatient.loads("waited")).isEqualTo(1);
		}
	}

	private static RBucket<String> lease(String id) {
		return one.redis.getBucket("test:thing:v1:{" + id + "}:lease", StringCodec.INSTANCE);
	}

	private @Nullable String name(TestInstance instance, String id) {
		Thing thing = instance.things.get(id, this.origin::one).block(LIMIT);
		return (thing != null) ? thing.name() : null;
	}

}
