package dev.agora.session.session;

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

import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.session.login.FailureCounter;
import dev.agora.session.login.LoginAttempts;
import dev.agora.session.login.LoginLimitSettings;
import dev.agora.session.member.Profile;
import dev.agora.session.signing.SigningSettings;

/** Sessions in their own MongoDB and Redis, at any moment in time. */
public final class TestSessions implements AutoCloseable {

	static final Profile ADA = new Profile("0SAX0HV526DHN", 3, "ada", "Ada", Instant.EPOCH, null);

	public static final SessionSettings SETTINGS = new SessionSettings(Duration.ofDays(14), Duration.ofDays(90),
			Duration.ofMinutes(1));

	private static final SigningSettings SIGNING = new SigningSettings(null, Duration.ofSeconds(60),
			Duration.ofSeconds(30), 10, Duration.ofSeconds(5));

	public final TestRedisServer redis;

	public final Tokens tokens = new Tokens();

	final Sessions sessions;

	public final KnownAddresses addresses;

	final RevocationPublisher revocations;

	private final TestMongoServer mongo = new TestMongoServer();

	private final RedissonClient client;

	public final RedisGuard guard;

	public final ObjectCaches caches;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	public TestSessions() {
		this(TestRedisServer.started());
	}

	/** Creates sessions in a server, which they close. */
	public TestSessions(TestRedisServer redis) {
		this.redis = redis;
		this.client = redis.client();
		MongoDatabase database = this.mongo.database("session");
		DocumentStore store = new DocumentStore(database, new JsonMapper(), Clock.systemUTC());
		this.sessions = new Sessions(database, store, Clock.systemUTC());
		this.addresses = new KnownAddresses(database, store, SETTINGS, Clock.systemUTC());
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		CacheSettings settings = new Binder(new MapConfigurationPropertySource()).bindOrCreate("agora.cache",
				CacheSettings.class);
		this.guard = new RedisGuard(this.client, this.redis.settings(), meters);
		this.revocations = new RevocationPublisher(this.guard, SIGNING, Clock.systemUTC(), meters);
		this.caches = new ObjectCaches(this.guard, settings, meters, JsonMapper.shared(), Clock.systemUTC());
	}

	/** The sessions of an instance whose clock shows a moment. */
	public SessionCache at(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		return new SessionCache(this.caches, this.sessions, this.addresses, this.revocations,
				new SessionExpiry(SETTINGS, this.ids, clock));
	}

	/** The attempts to log in at an instance with a clock. */
	public LoginAttempts attempts(LoginLimitSettings limits, Clock clock) {
		return attempts(limits, this.addresses, clock);
	}

	public LoginAttempts attempts(LoginLimitSettings limits, KnownAddresses addresses, Clock clock) {
		FailureCounter failures = new FailureCounter(this.guard, limits, clock);
		return new LoginAttempts(failures, addresses, limits, new SimpleMeterRegistry());
	}

	/** Logs a member in at a moment. */
	Mono<Token> open(Profile member, Instant moment) {
		return this.tokens.generate()
			.flatMap((token) -> at(moment).open(token, member, "phone", "203.0.113.7").thenReturn(token));
	}

	/** Removes the address from a session, as before addresses were stored. */
	Mono<Long> removeAddress(Token token) {
		return Mono
			.from(this.mongo.database("session")
				.getCollection("sessions")
				.updateOne(Filters.eq(token.hash()), Updates.unset("session.address")))
			.map(UpdateResult::getModifiedCount);
	}

	/** Deletes the documents that are expired at a moment. */
	void purge(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		MongoDatabase database = this.mongo.database("session");
		DocumentStore store = new DocumentStore(database, new JsonMapper(), clock);
		new Sessions(database, store, clock);
		store.purgeExpired().block();
	}

	public RedissonClient client() {
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
