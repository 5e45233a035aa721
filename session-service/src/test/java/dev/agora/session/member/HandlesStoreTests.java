package dev.agora.session.member;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Deadline;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

/** Each handle has one member, even if writers race or die. */
class HandlesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Optional<Idempotency> NO_KEY = Optional.empty();

	private static int databases;

	private final MongoDatabase database = mongo.database("handles" + databases++);

	private final Members members = members(Clock.systemUTC());

	private final MongoCollection<Document> stored = this.database.getCollection("members");

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	@AfterAll
	static void stopMongo() {
		mongo.commands()
			.requireTargeted(Map.of("find members by value.handle", "these tests and the migration",
					"find members by removedAt, value.operatorSince", "an operator lists the operators"));
		mongo.close();
	}

	@Test
	void oneOfManyConcurrentRegistrationsGetsTheHandle() {
		List<String> got = Objects.requireNonNull(Flux.range(0, 100)
			.flatMap((i) -> register("ada", NO_KEY).onErrorResume(Conflict.class, (taken) -> Mono.empty()), 32)
			.map(Stored::id)
			.collectList()
			.block());
		assertThat(got).hasSize(1);
		assertThat(withHandle("ada")).isEqualTo(got);
	}

	@Test
	void oneOfManyGetsTheHandleEvenIfWritersDie() {
		for (int i = 0; i < 3; i++) {
			mongo.failNext("insert", "members");
		}
		List<String> got = Objects.requireNonNull(Flux.range(0, 40)
			.flatMap((i) -> register("ada", NO_KEY).onErrorResume((refused) -> Mono.empty()), 8)
			.map(Stored::id)
			.collectList()
			.block());
		assertThat(got).hasSize(1);
		assertThat(withHandle("ada")).isEqualTo(got);
		assertThat(this.members.findByHandle("ada").block().id()).isEqualTo(got.get(0));
	}

	@Test
	void concurrentRepetitionsRegisterOneMember() {
		Optional<Idempotency> key = Idempotency.of("key", "members ada", "body");
		List<String> got = Objects.requireNonNull(
				Flux.range(0, 100).flatMap((i) -> register("ada", key), 32).map(Stored::id).collectList().block());
		assertThat(got).hasSize(100).containsOnly(got.get(0));
		assertThat(withHandle("ada")).containsExactly(got.get(0));
	}

	@Test
	void repeatingAnInterruptedRegistrationGetsTheHandle() {
		Optional<Idempotency> key = Idempotency.of("key", "members ada", "body");
		for (String collection : List.of("handles", "members")) {
			mongo.failNext("insert", collection);
			StepVerifier.create(register("ada", key)).verifyError();
			assertThat(this.members.findByHandle("ada").blockOptional()).isEmpty();
		}
		assertThat(withHandle("ada")).isEmpty();
		assertThat(register("ada", key).block().id()).isEqualTo(this.members.findByHandle("ada").block().id());
	}

	@Test
	void anotherMemberGetsTheHandleOfAnInterruptedRegistration() {
		mongo.failNext("insert", "members");
		StepVerifier.create(register("ada", NO_KEY)).verifyError();
		Stored<Member> ada = register("ada", NO_KEY).block();
		assertThat(this.members.findByHandle("ada").block()).isEqualTo(ada);
	}

	@Test
	void aStalledWriterCannotContinueOnceItsIdIsFenced() {
		String stalled = this.ids.next();
		Optional<Idempotency> key = Idempotency.of("key", "members ada", "body");
		mongo.failNext("insert", "members");
		StepVerifier.create(this.members.register(stalled, registration("ada"), key)).verifyError();
		Stored<Member> ada = register("ada", NO_KEY).block();
		StepVerifier.create(this.members.register(stalled, registration("ada"), key)).verifyError(Conflict.class);
		assertThat(withHandle("ada")).containsExactly(ada.id());
	}

	@Test
	void aRegistrationContinuesAfterAFailOver() {
		Optional<Idempotency> key = Idempotency.of("key", "members ada", "body");
		for (String collection : List.of("requests", "handles", "members")) {
			mongo.stepDownAt("insert", collection, true);
		}
		Stored<Member> ada = register("ada", key)
			.contextWrite(Deadline.after(System.nanoTime(), Duration.ofSeconds(30))::putInto)
			.block();
		assertThat(withHandle("ada")).containsExactly(ada.id());
	}

	@Test
	void theHandleOfADeletedMemberIsFreeAfterItsRetention() {
		Stored<Member> ada = register("ada", NO_KEY).block();
		this.members.delete(ada.id(), Optional.empty()).block();
		StepVerifier.create(register("ada", NO_KEY)).verifyError(Conflict.class);
		Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC);
		Stored<Member> next = members(later).register(this.ids.next(), registration("ada"), NO_KEY).block();
		assertThat(this.members.findByHandle("ada").block().id()).isEqualTo(next.id());
	}

	@Test
	void aLaterMemberWithTheHandleOfAnOperatorIsNone() {
		Stored<Member> ada = register("ada", NO_KEY).block();
		this.members.grantOperator(ada.id()).block();
		assertThat(this.members.listOperators().map(Stored::id).collectList().block()).containsExactly(ada.id());
		this.members.delete(ada.id(), Optional.empty()).block();
		assertThat(this.members.listOperators().collectList().block()).isEmpty();
		StepVerifier.create(this.members.grantOperator(ada.id())).verifyError(NotFound.class);
		Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC);
		Stored<Member> next = members(later).register(this.ids.next(), registration("ada"), NO_KEY).block();
		assertThat(next.value().operatorSince()).isNull();
		assertThat(this.members.listOperators().collectList().block()).isEmpty();
	}

	@Test
	void repeatingTheRegistrationOfADeletedMemberReturns404() {
		Optional<Idempotency> key = Idempotency.of("key", "members ada", "body");
		Stored<Member> ada = register("ada", key).block();
		this.members.delete(ada.id(), Optional.empty()).block();
		StepVerifier.create(register("ada", key)).verifyError(NotFound.class);
	}

	@Test
	void migratesMembersFromBeforeHandlesWereReserved() {
		Mono.from(this.stored.createIndex(Indexes.ascending("value.handle"), new IndexOptions().unique(true))).block();
		Stored<Member> ada = register("ada", NO_KEY).block();
		Stored<Member> eve = register("eve", NO_KEY).block();
		this.members.delete(eve.id(), Optional.empty()).block();
		Mono.from(this.database.getCollection("handles").drop()).block();
		assertThat(this.members.findByHandle("ada").blockOptional()).isEmpty();
		for (int start = 0; start < 2; start++) {
			DocumentStore store = store(Clock.systemUTC());
			Members again = new Members(this.database, store, settings(), Clock.systemUTC());
			store.migrate().block();
			assertThat(again.findByHandle("ada").block()).isEqualTo(ada);
			StepVerifier.create(register("eve", NO_KEY)).verifyError(Conflict.class);
		}
		assertThat(Flux.from(this.stored.listIndexes()).map((index) -> index.getString("name")).collectList().block())
			.doesNotContain("value.handle_1");
		assertThat(mongo.count("dropIndexes", "members")).as("dropped indexes").isEqualTo(1);
	}

	private List<String> withHandle(String handle) {
		return Objects.requireNonNull(Flux.from(this.stored.find(Filters.eq("value.handle", handle)))
			.map((member) -> member.getString("_id"))
			.collectList()
			.block());
	}

	private Mono<Stored<Member>> register(String handle, Optional<Idempotency> key) {
		return Mono.defer(() -> this.members.register(this.ids.next(), registration(handle), key));
	}

	private static Change<Member> registration(String handle) {
		return Member.register(handle, "Ada", "hash", Instant.ofEpochMilli(1000));
	}

	private Members members(Clock clock) {
		return new Members(this.database, store(clock), settings(), clock);
	}

	private DocumentStore store(Clock clock) {
		return new DocumentStore(this.database, JsonMapper.shared(), clock);
	}

	private static MemberSettings settings() {
		return new MemberSettings(Duration.ofDays(30), 10);
	}

}
