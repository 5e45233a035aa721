package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Deadline;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

/** Provokes races, crashes and fail-overs between the steps of a write. */
class ReservationsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Optional<Idempotency> KEY = Idempotency.of("key", "ann", "body");

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final MongoDatabase database = mongo.database("requests" + System.nanoTime());

	private final Documents<Thing> things = things(Clock.systemUTC());

	@AfterAll
	static void stopMongo() {
		mongo.commands()
			.requireTargeted(Map.of("find things by removedAt", "these tests count all of them",
					"find requests by nothing", "and those"));
		mongo.close();
	}

	@Test
	void createsOneDocumentForConcurrentRepeats() {
		List<String> created = Objects
			.requireNonNull(Flux.range(0, 200).flatMap((i) -> create(KEY), 32).map(Stored::id).collectList().block());
		assertThat(created).hasSize(200).containsOnly(created.get(0));
		assertThat(all()).hasSize(1);
	}

	@Test
	void createsOneDocumentWhenSomeRepeatsFailHalfway() {
		for (int i = 0; i < 20; i++) {
			mongo.failNext("insert", "things");
			mongo.failNext("insert", "requests");
		}
		Set<String> created = Flux.range(0, 200)
			.flatMap((i) -> create(KEY).onErrorResume((died) -> Mono.empty()), 8)
			.map(Stored::id)
			.collect(Collectors.toSet())
			.block();
		assertThat(created).hasSize(1);
		assertThat(all()).hasSize(1);
	}

	@Test
	void usesTheReservedIdWhenARequestIsRepeatedAfterACrash() {
		mongo.failNext("insert", "things");
		String reserved = this.ids.next();
		StepVerifier.create(this.things.create(reserved, creation(), KEY)).verifyError();
		assertThat(all()).isEmpty();
		assertThat(create(KEY).block().id()).isEqualTo(reserved);
	}

	@Test
	void keepsTheKeysOfTwoCallersApart() {
		String anns = create(KEY).block().id();
		assertThat(create(Idempotency.of("key", "bob", "body")).block().id()).isNotEqualTo(anns);
		StepVerifier.create(create(Idempotency.of("key", "ann", "another body"))).verifyError(InvalidRequest.class);
		assertThat(all()).hasSize(2);
	}

	@Test
	void returnsNotFoundWhenTheCreatedDocumentWasRemoved() {
		String id = create(KEY).block().id();
		this.things.change(id, (thing) -> Change.removal(new CounterEvent.Removed())).block();
		StepVerifier.create(create(KEY)).verifyError(NotFound.class);
	}

	@Test
	void forgetsAKeyAfterADay() {
		String first = create(KEY).block().id();
		Clock later = Clock.fixed(Instant.now().plus(Reservations.TTL).plusSeconds(1), ZoneOffset.UTC);
		String second = things(later).create(this.ids.next(), creation(), KEY).block().id();
		assertThat(second).isNotEqualTo(first);
		assertThat(things(later).create(this.ids.next(), creation(), KEY).block().id()).isEqualTo(second);
	}

	@Test
	void purgesExpiredReservations() {
		create(KEY).block();
		Clock later = Clock.fixed(Instant.now().plus(Reservations.TTL).plusSeconds(120), ZoneOffset.UTC);
		new DocumentStore(this.database, new JsonMapper(), later).purgeExpired().block();
		assertThat(Mono.from(this.database.getCollection("requests").find().first()).block()).isNull();
	}

	@Test
	void reservesNothingWithoutAKey() {
		create(Optional.empty()).block();
		assertThat(Flux.from(this.database.listCollectionNames()).collectList().block()).doesNotContain("requests");
	}

	@Test
	void retriesACreationAfterAFailOver() {
		for (String collection : List.of("requests", "things")) {
			mongo.stepDownAt("insert", collection, true);
			mongo.stepDownAt("insert", collection, false);
		}
		String id = blockWithDeadline(create(KEY)).id();
		assertThat(create(KEY).block().id()).isEqualTo(id);
		assertThat(all()).hasSize(1);
	}

	@Test
	void retriesACreationWithoutAKeyAfterAFailOver() {
		mongo.stepDownAt("insert", "things", true);
		String id = this.ids.next();
		assertThat(blockWithDeadline(this.things.create(id, creation(), Optional.empty())).id()).isEqualTo(id);
		mongo.stepDownAt("insert", "things", false);
		blockWithDeadline(create(Optional.empty()));
		assertThat(all()).hasSize(2);
	}

	@Test
	void appliesAChangeOnceWhenAFailOverHidesTheResult() {
		String id = create(Optional.empty()).block().id();
		mongo.stepDownAt("findAndModify", "things", true);
		Stored<Thing> changed = blockWithDeadline(this.things.change(id, (thing) -> {
			assertThat(thing.version()).isOne();
			return Change.to(new Thing(thing.value().number() + 1), new CounterEvent.WentUp(1));
		}));
		assertThat(changed.version()).isEqualTo(2);
		assertThat(this.things.find(id).block().value().number()).isOne();
	}

	@Test
	void appliesARemovalOnceWhenAFailOverHidesTheResult() {
		String id = create(Optional.empty()).block().id();
		mongo.stepDownAt("findAndModify", "things", true);
		StepVerifier
			.create(this.things.change(id, (thing) -> Change.removal(new CounterEvent.Removed()))
				.contextWrite(Deadline.after(System.nanoTime(), Duration.ofSeconds(30))::putInto))
			.verifyComplete();
	}

	@Test
	void doesNotRetryWithoutADeadline() {
		mongo.stepDownAt("insert", "things", false);
		StepVerifier.create(create(Optional.empty())).verifyError(Unavailable.class);
	}

	private static <T> T blockWithDeadline(Mono<T> write) {
		return Objects.requireNonNull(
				write.contextWrite(Deadline.after(System.nanoTime(), Duration.ofSeconds(30))::putInto).block());
	}

	private Documents<Thing> things(Clock clock) {
		return new DocumentStore(this.database, new JsonMapper(), clock).documents("things", Thing.class,
				"test.things.v1");
	}

	private Mono<Stored<Thing>> create(Optional<Idempotency> request) {
		return Mono.defer(() -> this.things.create(this.ids.next(), creation(), request));
	}

	private static Change<Thing> creation() {
		return Change.to(new Thing(0), new CounterEvent.WentUp(0));
	}

	private List<Stored<Thing>> all() {
		return Objects
			.requireNonNull(this.things.list(Filters.empty(), Sorts.ascending("_id"), 0).collectList().block());
	}

	/** A state for these tests. */
	public record Thing(int number) {
	}

}
