package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
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

/** Sessions in a MongoDB and a Redis of their own, at any moment in time. */
final class SessionsForTests implements AutoCloseable {

	static final Profile ADA = new Profile("0SAX0HV526DHN", 3, "ada", "Ada", Instant.EPOCH);

	static final LoginSettings SETTINGS = new LoginSettings(Duration.ofDays(14), Duration.ofDays(90),
			Duration.ofMinutes(1));

	final RedisServerForTests redis = RedisServerForTests.started();

	final Tokens tokens = new Tokens();

	final Sessions sessions;

	private final MongoServerForTests mongo = new MongoServerForTests();

	private final RedissonClient client = this.redis.client();

	private final ObjectCaches caches;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	SessionsForTests() {
		this.sessions = new Sessions(this.mongo.database("session"),
				new DocumentStore(this.mongo.database("session"), new JsonMapper(), Clock.systemUTC()));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		CacheSettings settings = new Binder(new MapConfigurationPropertySource()).bindOrCreate("agora.cache",
				CacheSettings.class);
		this.caches = new ObjectCaches(new RedisGuard(this.client, this.redis.settings(), meters), settings, meters,
				JsonMapper.shared(), Clock.systemUTC());
	}

	/** The sessions as a clone sees them whose clock shows this moment. */
	SessionCache at(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		return new SessionCache(this.caches, this.sessions, this.ids, SETTINGS, clock);
	}

	/** Logs a member in at a moment. */
	Mono<Token> open(Profile member, Instant moment) {
		return this.tokens.draw().flatMap((token) -> at(moment).open(token, member, "phone").thenReturn(token));
	}

	@Override
	public void close() {
		this.caches.close();
		this.client.shutdown();
		this.redis.close();
		this.mongo.close();
	}

}
