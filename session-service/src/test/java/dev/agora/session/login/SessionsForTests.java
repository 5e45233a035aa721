package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoDatabase;
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

	private static final SigningSettings SIGNING = new SigningSettings(null, Duration.ofSeconds(60),
			Duration.ofSeconds(30), 10, Duration.ofSeconds(5));

	final RedisServerForTests redis = RedisServerForTests.started();

	final Tokens tokens = new Tokens();

	final Sessions sessions;

	final KnownAddresses addresses;

	final Revocations revocations;

	private final MongoServerForTests mongo = new MongoServerForTests();

	private final RedissonClient client = this.redis.client();

	final RedisGuard guard;

	private final ObjectCaches caches;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	SessionsForTests() {
		MongoDatabase database = this.mongo.database("session");
		DocumentStore store = new DocumentStore(database, new JsonMapper(), Clock.systemUTC());
		this.sessions = new Sessions(database, store, Clock.systemUTC());
		this.addresses = new KnownAddresses(database, store, SETTINGS, Clock.systemUTC());
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		CacheSettings settings = new Binder(new MapConfigurationPropertySource()).bindOrCreate("agora.cache",
				CacheSettings.class);
		this.guard = new RedisGuard(this.client, this.redis.settings(), meters);
		this.revocations = new Revocations(this.guard, SIGNING, Clock.systemUTC(), meters);
		this.caches = new ObjectCaches(this.guard, settings, meters, JsonMapper.shared(), Clock.systemUTC());
	}

	/** The sessions as a clone sees them whose clock shows this moment. */
	SessionCache at(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		return new SessionCache(this.caches, this.sessions, this.addresses, this.revocations,
				new Lifetimes(SETTINGS, this.ids, clock));
	}

	/** The attempts to log in as a clone sees them that has this clock. */
	LoginAttempts attempts(LoginLimitSettings limits, Clock clock) {
		return attempts(limits, this.addresses, clock);
	}

	LoginAttempts attempts(LoginLimitSettings limits, KnownAddresses known, Clock clock) {
		Failures failures = new Failures(this.client, this.guard, limits, clock);
		return new LoginAttempts(failures, known, limits, new SimpleMeterRegistry());
	}

	/** Logs a member in at a moment. */
	Mono<Token> open(Profile member, Instant moment) {
		return this.tokens.draw()
			.flatMap((token) -> at(moment).open(token, member, "phone", "203.0.113.7").thenReturn(token));
	}

	/** Makes a session's document what it was before addresses were stored. */
	Mono<Long> forgetAddress(Token token) {
		return Mono
			.from(this.mongo.database("session")
				.getCollection("sessions")
				.updateOne(Filters.eq(token.hash()), Updates.unset("session.address")))
			.map(UpdateResult::getModifiedCount);
	}

	/** Deletes what is expired at a moment, as a server does or the sweep. */
	void purge(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		MongoDatabase database = this.mongo.database("session");
		DocumentStore store = new DocumentStore(database, new JsonMapper(), clock);
		new Sessions(database, store, clock);
		store.purgeExpired().block();
	}

	RedissonClient client() {
		return this.client;
	}

	@Override
	public void close() {
		this.revocations.destroy();
		this.caches.close();
		this.client.shutdown();
		this.redis.close();
		this.mongo.close();
	}

}
