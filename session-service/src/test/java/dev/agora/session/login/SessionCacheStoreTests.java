package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.cache.CacheSettings;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.RedisGuard;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.MongoServerForTests;
import dev.agora.platform.testing.RedisServerForTests;
import dev.agora.session.member.Profile;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionCacheStoreTests {

	private static final LoginSettings SETTINGS = new LoginSettings(Duration.ofDays(14), Duration.ofDays(90),
			Duration.ofMinutes(1));

	private static final Profile ADA = new Profile("0SAX0HV526DHN", 3, "ada", "Ada", Instant.EPOCH);

	private final Instant now = Instant.parse("2026-01-02T03:04:05Z");

	private final MongoServerForTests mongo = new MongoServerForTests();

	private final RedisServerForTests redis = RedisServerForTests.started();

	private final RedissonClient client = this.redis.client();

	private final Sessions sessions = new Sessions(this.mongo.database("session"),
			new DocumentStore(this.mongo.database("session"), new JsonMapper(), Clock.systemUTC()));

	private final Tokens tokens = new Tokens();

	private ObjectCaches caches;

	@BeforeAll
	void connect() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		CacheSettings settings = new Binder(new MapConfigurationPropertySource()).bindOrCreate("agora.cache",
				CacheSettings.class);
		this.caches = new ObjectCaches(new RedisGuard(this.client, this.redis.settings(), meters), settings, meters,
				JsonMapper.shared(), Clock.systemUTC());
	}

	@AfterAll
	void close() {
		this.caches.close();
		this.client.shutdown();
		this.redis.close();
		this.mongo.close();
	}

	@Test
	void findsAnOpenSessionByItsToken() {
		StepVerifier.create(open().flatMap((token) -> at(this.now).find(token))).assertNext((session) -> {
			assertThat(session.member().handle()).isEqualTo("ada");
			assertThat(session.memberVersion()).isEqualTo(3);
			assertThat(session.device()).isEqualTo("phone");
			assertThat(session.expiresAt()).isEqualTo(this.now.plus(Duration.ofDays(14)));
		}).verifyComplete();
	}

	@Test
	void findsNothingByAnotherToken() {
		StepVerifier.create(open().then(this.tokens.draw()).flatMap((other) -> at(this.now).find(other)))
			.verifyComplete();
	}

	@Test
	void findsTheSessionWhenRedisHasBeenFlushed() {
		StepVerifier
			.create(open().publishOn(Schedulers.boundedElastic())
				.doOnNext((token) -> this.redis.flush())
				.flatMap((token) -> at(this.now).find(token)))
			.expectNextCount(1)
			.verifyComplete();
	}

	@Test
	void opensFindsAndEndsSessionsWhileRedisIsAway() {
		this.redis.stop();
		try {
			StepVerifier.create(open().flatMap((token) -> at(this.now).find(token)
				.flatMap((session) -> at(this.now).end(session.id()).thenReturn(session.id()))
				.zipWhen((id) -> at(this.now).find(token).hasElement()))).assertNext((ended) -> {
					assertThat(ended.getT1()).isNotEmpty();
					assertThat(ended.getT2()).isFalse();
				}).verifyComplete();
		}
		finally {
			this.redis.start();
		}
	}

	@Test
	void findsNothingOnceTheSessionHasEnded() {
		StepVerifier.create(open().flatMap((token) -> at(this.now).find(token)
			.flatMap((session) -> at(this.now).end(session.id()))
			.then(at(this.now).find(token)))).verifyComplete();
	}

	@Test
	void findsNothingOnceTheSessionHasExpired() {
		StepVerifier.create(open().flatMap((token) -> at(this.now.plus(Duration.ofDays(14))).find(token)))
			.verifyComplete();
	}

	@Test
	void keepsASessionThatIsUsedUntilTheAbsoluteEnd() {
		Duration days = Duration.ofDays(10);
		StepVerifier
			.create(open().flatMap((token) -> at(this.now.plus(days)).find(token)
				.then(at(this.now.plus(days.multipliedBy(2))).find(token))))
			.assertNext((session) -> assertThat(session.expiresAt()).isEqualTo(this.now.plus(Duration.ofDays(20 + 14))))
			.verifyComplete();
	}

	@Test
	void notesAUseInTheDurableCopy() {
		Instant later = this.now.plusSeconds(90);
		StepVerifier.create(open().flatMap((token) -> at(later).find(token).then(this.sessions.find(token.hash()))))
			.assertNext((session) -> assertThat(session.seenAt()).isEqualTo(later))
			.verifyComplete();
	}

	@Test
	void doesNotReviveASessionThatEndedWhileItWasUsed() {
		Instant later = this.now.plusSeconds(90);
		StepVerifier.create(open().flatMap((token) -> this.sessions.find(token.hash())
			.flatMap((session) -> at(this.now).end(session.id())
				.then(this.sessions.touch(token.hash(), session.touched(later, Duration.ofDays(14)))))
			.then(this.sessions.find(token.hash())))).verifyComplete();
	}

	private Mono<Token> open() {
		return this.tokens.draw().flatMap((token) -> at(this.now).open(token, ADA, "phone").thenReturn(token));
	}

	private SessionCache at(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		return new SessionCache(this.caches, this.sessions, new IdGenerator(Clock.systemUTC()), SETTINGS, clock);
	}

}
