package dev.agora.session.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** How long the addresses of log-ins are kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownAddressesStoreTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private final TestMongoServer mongo = new TestMongoServer();

	private final MongoDatabase database = this.mongo.database("session");

	@AfterAll
	void close() {
		this.mongo.close();
	}

	@Test
	void containsAnAddressUntilItExpires() {
		StepVerifier
			.create(at(NOW).add("1", "ada", "home")
				.thenMany(Flux.concat(containsAdaAt(NOW.plus(Duration.ofDays(89))),
						containsAdaAt(NOW.plus(Duration.ofDays(91))))))
			.expectNext(true, false)
			.verifyComplete();
	}

	@Test
	void deletesExpiredAddresses() {
		StepVerifier
			.create(at(NOW).add("2", "bob", "home")
				.then(at(NOW.plus(Duration.ofDays(91))).add("2", "bob", "work"))
				.then(Mono.defer(() -> purge(NOW.plus(Duration.ofDays(92)))))
				.thenMany(this.database.getCollection("knownAddresses").find())
				.map((entry) -> entry.getString("_id"))
				.collectList())
			.assertNext((kept) -> assertThat(kept).containsExactlyInAnyOrder("bob work"))
			.verifyComplete();
	}

	@Test
	void theIndexesDoNotDependOnTheLifetimeOfSessions() {
		StepVerifier.create(indexes(Duration.ofDays(90)).zipWith(indexes(Duration.ofDays(30))))
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()).contains("expireAfterSeconds=0"))
			.verifyComplete();
	}

	private Mono<String> indexes(Duration absoluteLifetime) {
		MongoDatabase own = this.mongo.database("for" + absoluteLifetime.toDays());
		DocumentStore store = new DocumentStore(own, new JsonMapper(), Clock.systemUTC());
		new KnownAddresses(own, store, lasting(absoluteLifetime), Clock.systemUTC());
		return store.migrate()
			.thenMany(own.getCollection("knownAddresses").listIndexes())
			.map((index) -> index.get("key") + " expireAfterSeconds=" + index.get("expireAfterSeconds"))
			.sort()
			.collectList()
			.map(String::valueOf);
	}

	private Mono<Void> purge(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		DocumentStore store = new DocumentStore(this.database, new JsonMapper(), clock);
		new KnownAddresses(this.database, store, lasting(Duration.ofDays(90)), clock);
		return store.purgeExpired();
	}

	private Mono<Boolean> containsAdaAt(Instant moment) {
		return Mono.defer(() -> at(moment).contains("ada", "home"));
	}

	private KnownAddresses at(Instant moment) {
		Clock clock = Clock.fixed(moment, ZoneOffset.UTC);
		return new KnownAddresses(this.database, new DocumentStore(this.database, new JsonMapper(), clock),
				lasting(Duration.ofDays(90)), clock);
	}

	private static SessionSettings lasting(Duration absoluteLifetime) {
		return new SessionSettings(Duration.ofDays(14), absoluteLifetime, Duration.ofMinutes(1));
	}

}
