package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectCacheFaultStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final TestRedisServer server = TestRedisServer.stopped();

	private final TestOrigin origin = new TestOrigin().has("a", 1, "first");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void startsWithoutRedisAndConnectsLater() {
		try (TestInstance instance = new TestInstance(this.server)) {
			assertThat(instance.guard.isAvailable()).isFalse();
			assertThat(read(instance)).isEqualTo(new Thing("first", 1));
			assertThat(instance.reads("bypass")).isEqualTo(1);
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(instance.guard::isAvailable);
			read(instance);
			read(instance);
			assertThat(instance.reads("hit")).isEqualTo(1);
		}
	}

	@Test
	void repeatsTheInvalidationsBesideOneThatCannotBeWritten() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			read(instance);
			this.server.stop();
			instance.things.put("broken", Long.MIN_VALUE, new Thing("broken", 1)).block();
			assertThat(instance.things.put("a", 2, new Thing("second", 2)).block()).isFalse();
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> instance.missed() == 0);
		}
	}

	@Test
	void readsTheOriginWhileRedisIsUnavailable() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			read(instance);
			this.server.stop();
			assertThat(manyRead(instance)).isTrue();
			assertThat(instance.guard.isAvailable()).isFalse();
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> read(instance) != null && instance.guard.isAvailable());
			Awaitility.await().atMost(LIMIT).until(() -> read(instance) != null && instance.reads("hit") > 0);
		}
	}

	@Test
	void logsOnceThatRedisFailsAndThatItWorksAgain() {
		List<ILoggingEvent> lines = linesOf(RedisGuard.class);
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			read(instance);
			this.server.stop();
			manyRead(instance);
			manyRead(instance);
			assertThat(lines).singleElement()
				.asString()
				.contains("[WARN]", "Redis fails, so this service continues without it (0 more since): ")
				.containsPattern(": \\w*Exception$");
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> read(instance) != null && instance.guard.isAvailable());
			assertThat(lines).last().asString().contains("[INFO]", "Redis works again");
		}
	}

	private static List<ILoggingEvent> linesOf(Class<?> type) {
		Logger logger = (Logger) LoggerFactory.getLogger(type);
		ListAppender<ILoggingEvent> seen = new ListAppender<>();
		seen.list = new CopyOnWriteArrayList<>();
		logger.setLevel(Level.INFO);
		logger.setAdditive(false);
		logger.addAppender(seen);
		seen.start();
		return seen.list;
	}

	@Test
	void opensTheCircuitWhenRedisHangs() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			read(instance);
			this.server.freeze();
			assertThat(manyRead(instance)).isTrue();
			assertThat(instance.guard.isAvailable()).isFalse();
			double before = instance.reads("bypass");
			assertThat(manyRead(instance)).isTrue();
			assertThat(instance.reads("bypass")).isEqualTo(before + 20);
			this.server.thaw();
			Awaitility.await().atMost(LIMIT).until(() -> read(instance) != null && instance.guard.isAvailable());
		}
	}

	@Test
	void repeatsAnInvalidationThatRedisMissed() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			this.server.stop();
			assertThat(instance.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isFalse();
			assertThat(instance.puts("failed")).isEqualTo(1);
			assertThat(instance.missed()).isEqualTo(1);
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> read(instance) != null && instance.missed() == 0);
			assertThat(instance.things.put("a", 1, new Thing("old", 1)).block(LIMIT)).isFalse();
		}
	}

	@Test
	void failsAnInvalidationThatRedisMissed() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			this.server.stop();
			assertThatExceptionOfType(Unavailable.class)
				.isThrownBy(() -> instance.things.invalidate("a", 2).block(LIMIT));
			assertThat(instance.missed()).isEqualTo(1);
		}
	}

	@Test
	void refusesReadsOfTheOriginBeyondTheLimit() {
		CacheSettings narrow = TestInstance.settings(Duration.ofSeconds(20), 2);
		this.origin.has("b", 1, "b").has("c", 1, "c");
		Sinks.Empty<Void> refused = Sinks.empty();
		try (TestInstance instance = new TestInstance(this.server, narrow, Clock.systemUTC())) {
			List<Thing> first = new CopyOnWriteArrayList<>();
			Flux.just("a", "b")
				.flatMap((id) -> instance.things.get(id, (each) -> refused.asMono().then(this.origin.one(each))))
				.subscribe(first::add);
			assertThatExceptionOfType(Unavailable.class)
				.isThrownBy(() -> instance.things.get("c", this.origin::one).block(LIMIT));
			refused.tryEmitEmpty().orThrow();
			Awaitility.await().until(() -> first.size() == 2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "put", "remove", "invalidate" })
	void readsTheOriginAgainAfterAWriteWhileRedisIsUnavailable(String write) {
		CacheSettings patient = TestInstance.settings(Duration.ofSeconds(20), 128);
		try (TestInstance instance = new TestInstance(this.server, patient, Clock.systemUTC())) {
			Sinks.One<Versioned<Thing>> slow = Sinks.one();
			AtomicReference<Thing> early = new AtomicReference<>();
			instance.things.get("a", (id) -> slow.asMono()).subscribe(early::set);
			this.origin.has("a", 2, "second");
			switch (write) {
				case "put" -> instance.things.put("a", 2, new Thing("second", 1)).block(LIMIT);
				case "remove" -> instance.things.remove("a", 2).block(LIMIT);
				default -> instance.things.invalidate("a", 2).onErrorComplete().block(LIMIT);
			}
			assertThat(read(instance)).isEqualTo(new Thing("second", 1));
			slow.tryEmitValue(new Versioned<>(1, new Thing("first", 1)));
			assertThat(early).hasValue(new Thing("first", 1));
		}
	}

	@Test
	void releasesTheLeaseWhenALoadFails() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			Mono<Thing> failing = instance.things.get("a", (id) -> Mono.error(new IllegalStateException("origin")));
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> failing.block(LIMIT))
				.withMessage("origin");
			Awaitility.await().until(() -> instance.redis.getKeys().count() == 0);
			assertThat(read(instance)).isEqualTo(new Thing("first", 1));
		}
	}

	@Test
	void returnsUnavailableWhenTheOriginIsLate() {
		this.server.start();
		this.origin.taking(Duration.ofSeconds(5));
		try (TestInstance instance = new TestInstance(this.server)) {
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> read(instance));
		}
	}

	@Test
	void loadsScriptsAgainAfterRedisLostThem() {
		this.server.start();
		try (TestInstance instance = new TestInstance(this.server)) {
			instance.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT);
			instance.redis.getKeys().flushall();
			instance.redis.getScript().scriptFlush();
			assertThat(instance.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT)).containsOnlyKeys("a");
			assertThat(instance.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isTrue();
			assertThat(instance.guard.isAvailable()).isTrue();
			assertThat(instance.puts("failed")).isZero();
		}
	}

	private boolean manyRead(TestInstance instance) {
		return Flux.range(0, 20)
			.flatMap((n) -> instance.things.get("a", this.origin::one))
			.all(new Thing("first", 1)::equals)
			.blockOptional(LIMIT)
			.orElse(false);
	}

	private @Nullable Thing read(TestInstance instance) {
		return instance.things.get("a", this.origin::one).block(LIMIT);
	}

}
