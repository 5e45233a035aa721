package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
	void startsWithoutRedisAndFindsItLater() {
		try (TestInstance clone = new TestInstance(this.server)) {
			assertThat(clone.guard.isAvailable()).isFalse();
			assertThat(read(clone)).isEqualTo(new Thing("first", 1));
			assertThat(clone.reads("bypass")).isEqualTo(1);
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(clone.guard::isAvailable);
			read(clone);
			read(clone);
			assertThat(clone.reads("hit")).isEqualTo(1);
		}
	}

	@Test
	void answersFromTheOriginWhileRedisIsGoneAndHealsAlone() {
		this.server.start();
		try (TestInstance clone = new TestInstance(this.server)) {
			read(clone);
			this.server.stop();
			assertThat(manyRead(clone)).isTrue();
			assertThat(clone.guard.isAvailable()).isFalse();
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> read(clone) != null && clone.guard.isAvailable());
			Awaitility.await().atMost(LIMIT).until(() -> read(clone) != null && clone.reads("hit") > 0);
		}
	}

	@Test
	void saysOnceThatRedisFailsAndThatItWorksAgain() {
		List<ILoggingEvent> lines = linesOf(RedisGuard.class);
		this.server.start();
		try (TestInstance clone = new TestInstance(this.server)) {
			read(clone);
			this.server.stop();
			manyRead(clone);
			manyRead(clone);
			assertThat(lines).singleElement()
				.asString()
				.contains("[WARN]", "Redis fails; going on without it until it works again (0 more since): ")
				.containsPattern(": \\w*Exception$");
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> read(clone) != null && clone.guard.isAvailable());
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
	void aHungRedisIsLeftAlone() {
		this.server.start();
		try (TestInstance clone = new TestInstance(this.server)) {
			read(clone);
			this.server.freeze();
			assertThat(manyRead(clone)).isTrue();
			assertThat(clone.guard.isAvailable()).isFalse();
			double before = clone.reads("bypass");
			assertThat(manyRead(clone)).isTrue();
			assertThat(clone.reads("bypass")).isEqualTo(before + 20);
			this.server.thaw();
			Awaitility.await().atMost(LIMIT).until(() -> read(clone) != null && clone.guard.isAvailable());
		}
	}

	@Test
	void aWriteThatRedisMissedIsToldAgain() {
		this.server.start();
		try (TestInstance clone = new TestInstance(this.server)) {
			this.server.stop();
			assertThat(clone.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isFalse();
			assertThat(clone.puts("failed")).isEqualTo(1);
			assertThat(clone.missed()).isEqualTo(1);
			this.server.start();
			Awaitility.await().atMost(LIMIT).until(() -> read(clone) != null && clone.missed() == 0);
			assertThat(clone.things.put("a", 1, new Thing("old", 1)).block(LIMIT)).isFalse();
		}
	}

	@Test
	void tooManyDirectReadsAreRefused() {
		CacheSettings narrow = TestInstance.settings(Duration.ofSeconds(5), 2);
		this.origin.has("b", 1, "b").has("c", 1, "c").taking(Duration.ofMillis(500));
		try (TestInstance clone = new TestInstance(this.server, narrow, Clock.systemUTC())) {
			List<Thing> first = new CopyOnWriteArrayList<>();
			Flux.just("a", "b").flatMap((id) -> clone.things.get(id, this.origin::one)).subscribe(first::add);
			assertThatExceptionOfType(Unavailable.class)
				.isThrownBy(() -> clone.things.get("c", this.origin::one).block(LIMIT));
			Awaitility.await().until(() -> first.size() == 2);
		}
	}

	@Test
	void aDeadLoaderHoldsUpNobodyForLong() {
		this.server.start();
		CacheSettings impatient = TestInstance.settings(Duration.ofMillis(300), 128);
		try (TestInstance clone = new TestInstance(this.server, impatient, Clock.systemUTC())) {
			clone.redis.getBucket("test:thing:v1:{a}:lease").set("of-a-dead-process", Duration.ofSeconds(60));
			assertThat(read(clone)).isEqualTo(new Thing("first", 1));
			assertThat(read(clone)).isEqualTo(new Thing("first", 1));
			assertThat(this.origin.reads()).isEqualTo(1);
		}
	}

	@Test
	void aFailedLoadIsTheCallersAndFreesTheLease() {
		this.server.start();
		try (TestInstance clone = new TestInstance(this.server)) {
			Mono<Thing> failing = clone.things.get("a", (id) -> Mono.error(new IllegalStateException("origin")));
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> failing.block(LIMIT))
				.withMessage("origin");
			Awaitility.await().until(() -> clone.redis.getKeys().count() == 0);
			assertThat(read(clone)).isEqualTo(new Thing("first", 1));
		}
	}

	@Test
	void aLateOriginIsUnavailable() {
		this.server.start();
		this.origin.taking(Duration.ofSeconds(5));
		try (TestInstance clone = new TestInstance(this.server)) {
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> read(clone));
		}
	}

	@Test
	void redisThatForgotItsScriptsIsTaughtAgain() {
		this.server.start();
		try (TestInstance clone = new TestInstance(this.server)) {
			read(clone);
			clone.redis.getScript().scriptFlush();
			clone.redis.getKeys().flushall();
			assertThat(clone.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT)).containsOnlyKeys("a");
			assertThat(clone.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isTrue();
			assertThat(clone.guard.isAvailable()).isTrue();
			assertThat(clone.puts("failed")).isZero();
		}
	}

	private boolean manyRead(TestInstance clone) {
		return Flux.range(0, 20)
			.flatMap((n) -> clone.things.get("a", this.origin::one))
			.all(new Thing("first", 1)::equals)
			.blockOptional(LIMIT)
			.orElse(false);
	}

	private @Nullable Thing read(TestInstance clone) {
		return clone.things.get("a", this.origin::one).block(LIMIT);
	}

}
