package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

public class DocumentsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private DocumentStore store;

	private Documents<Counter> counters;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openCounters() {
		openCounters(Clock.systemUTC());
	}

	private void openCounters(Clock clock) {
		this.store = new DocumentStore(mongo.database("test" + databases++), new JsonMapper(), clock);
		this.counters = this.store.documents("counters", Counter.class, "test.counters.v1");
		this.store.migrate().block();
	}

	@Test
	void keepsStateAndEventInOneDocument() {
		Stored<Counter> created = create("a", Optional.empty());
		assertThat(created.version()).isEqualTo(1);
		UnsentEvents pending = unsent().get(0);
		assertThat(pending.id()).isEqualTo("a");
		assertThat(pending.entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.type()).isEqualTo("counter.went-up"))
			.satisfies((entry) -> assertThat(entry.data()).isEqualTo("{\"to\":0}"));
	}

	@Test
	void losesNoConcurrentChange() {
		create("a", Optional.empty());
		Flux.range(0, 90).flatMap((i) -> this.counters.change("a", DocumentsStoreTests::up), 16).blockLast();
		Stored<Counter> counter = this.counters.find("a").block();
		assertThat(counter.value().count()).isEqualTo(90);
		assertThat(counter.version()).isEqualTo(91);
		assertThat(unsent().get(0).entries()).extracting(OutboxEntry::version)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 91).boxed().toList());
	}

	@Test
	void writesNothingForAChangeWithoutAnEvent() {
		create("a", Optional.empty());
		Stored<Counter> same = this.counters.change("a", (current) -> Change.none(current.value())).block();
		assertThat(same.version()).isEqualTo(1);
		assertThat(unsent().get(0).entries()).hasSize(1);
	}

	@Test
	void refusesAChangeWhenTheOutboxIsFull() {
		create("a", Optional.empty());
		Flux.range(1, Changes.OUTBOX_CAPACITY - 1)
			.concatMap((i) -> this.counters.change("a", DocumentsStoreTests::up))
			.blockLast();
		StepVerifier.create(this.counters.change("a", DocumentsStoreTests::up)).verifyError(Unavailable.class);
		this.store.outboxes().get(0).clear(List.of(Map.entry("a", 50L))).block();
		assertThat(this.counters.change("a", DocumentsStoreTests::up).block().version())
			.isEqualTo(Changes.OUTBOX_CAPACITY + 1);
	}

	@Test
	void clearsOnlySentEvents() {
		create("a", Optional.empty());
		this.counters.change("a", DocumentsStoreTests::up).block();
		this.store.outboxes().get(0).clear(List.of(Map.entry("a", 1L))).block();
		assertThat(unsent().get(0).entries()).extracting(OutboxEntry::version).containsExactly(2L);
		this.store.outboxes().get(0).clear(List.of(Map.entry("a", 2L))).block();
		assertThat(unsent()).isEmpty();
		assertThat(this.store.outboxes().get(0).backlog().block()).isZero();
		assertThat(this.counters.find("a").block().version()).isEqualTo(2);
	}

	@Test
	void leavesATombstoneWithAVersionAfterARemoval() {
		create("a", Optional.empty());
		Change<Counter> removal = Change.removal(new CounterEvent.Removed());
		assertThat(this.counters.change("a", (current) -> removal).blockOptional()).isEmpty();
		assertThat(this.counters.find("a").blockOptional()).isEmpty();
		assertThat(this.counters.list(Filters.empty(), Indexes.ascending("_id"), 10).collectList().block()).isEmpty();
		assertThat(unsent().get(0).entries()).extracting(OutboxEntry::type)
			.containsExactly("counter.went-up", "counter.removed");
		StepVerifier.create(this.counters.change("a", DocumentsStoreTests::up)).verifyError(NotFound.class);
	}

	@Test
	void hidesARetainedStateAndKeepsItsId() {
		Optional<Idempotency> request = Idempotency.of("k1", "caller", "body");
		create("a", request);
		removeUntil(Instant.now().plusSeconds(60));
		assertThat(this.counters.find("a").blockOptional()).isEmpty();
		StepVerifier.create(this.counters.change("a", DocumentsStoreTests::up)).verifyError(NotFound.class);
		StepVerifier.create(create("a", "b", Optional.empty())).verifyError(Conflict.class);
		StepVerifier.create(create("b", "a", request)).verifyError(NotFound.class);
		assertThat(this.counters.fence("a").block()).isFalse();
	}

	@Test
	void treatsAnIdAsUsedUntilItsTombstoneIsPurged() {
		create("a", Optional.empty());
		removeUntil(Instant.now().minus(Duration.ofHours(26)));
		assertThat(this.counters.fence("a").block()).isTrue();
		Outbox outbox = this.store.outboxes().get(0);
		outbox.purge().block();
		assertThat(this.counters.isUsed("a").block()).isTrue();
		outbox.clear(List.of(Map.entry("a", 2L))).block();
		outbox.purge().block();
		assertThat(this.counters.isUsed("a").block()).isFalse();
	}

	@Test
	void keepsATombstoneLongerThanAReservation() {
		create("a", Optional.empty());
		removeUntil(Instant.now().minus(Reservations.TTL));
		Outbox outbox = this.store.outboxes().get(0);
		outbox.clear(List.of(Map.entry("a", 2L))).block();
		outbox.purge().block();
		assertThat(this.counters.isUsed("a").block()).isTrue();
	}

	@Test
	void createsNoDocumentUnderAFencedId() {
		assertThat(this.counters.fence("a").block()).isTrue();
		assertThat(this.counters.fence("a").block()).isTrue();
		StepVerifier.create(create("a", "a", Optional.empty())).verifyError(Conflict.class);
		Change<Counter> creation = Change.to(new Counter("a", 0), new CounterEvent.WentUp(0));
		StepVerifier.create(this.counters.createReserved("a", creation)).verifyError(Conflict.class);
		assertThat(this.counters.find("a").blockOptional()).isEmpty();
		assertThat(unsent()).isEmpty();
		create("b", Optional.empty());
		assertThat(this.counters.fence("b").block()).isFalse();
	}

	@Test
	void recordsWhoRemovedADocument() {
		create("a", Optional.empty());
		Change<Counter> removal = Change.<Counter>removal(new CounterEvent.Removed()).by("ann");
		this.counters.change("a", (current) -> removal).block();
		assertThat(this.counters.wasRemovedBy("ann", "a").block()).isTrue();
		assertThat(this.counters.wasRemovedBy("bob", "a").block()).isFalse();
		assertThat(this.counters.wasRemovedBy("ann", "b").block()).isFalse();
	}

	@Test
	void findsUnsentEventsOfAWriterWhoseClockIsAhead() {
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
		MongoDatabase database = mongo.database("test" + (databases - 1));
		new DocumentStore(database, new JsonMapper(), ahead).documents("counters", Counter.class, "test.counters.v1")
			.create("a", Change.to(new Counter("a", 0), new CounterEvent.WentUp(0)), Optional.empty())
			.block();
		assertThat(this.store.outboxes().get(0).unsent(Duration.ofSeconds(5), 10).collectList().block()).singleElement()
			.satisfies((pending) -> assertThat(pending.id()).isEqualTo("a"));
	}

	@Test
	void returnsTheDocumentOfTheFirstRequestWhenItIsRepeated() {
		Optional<Idempotency> request = Idempotency.of("k1", "caller", "body");
		create("a", request);
		Change<Counter> creation = Change.to(new Counter("other", 0), new CounterEvent.WentUp(0));
		assertThat(this.counters.create("b", creation, request).block().id()).isEqualTo("a");
		StepVerifier.create(this.counters.create("b", creation, Idempotency.of("k1", "caller", "another body")))
			.verifyError(InvalidRequest.class);
		assertThat(this.counters.create("b", creation, Idempotency.of("k1", "another caller", "body")).block().id())
			.isEqualTo("b");
	}

	@Test
	void refusesAnIdThatWasTakenInTheSameMillisecond() {
		openCounters(Clock.fixed(Instant.now(), ZoneOffset.UTC));
		create("a", Optional.empty());
		StepVerifier.create(create("a", "b", Optional.empty())).verifyError(Conflict.class);
	}

	@Test
	void scansEachDocumentOnceWhileTheyChange() {
		Flux.range(0, 600).flatMap((i) -> create("c" + i, "n" + i, Optional.empty()), 16).blockLast();
		List<String> seen = this.counters.scan(Filters.eq("value.count", 0), Indexes.descending("_id"))
			.concatMap((counter) -> this.counters.change(counter.id(), DocumentsStoreTests::up), 1)
			.map(Stored::id)
			.collectList()
			.block();
		assertThat(seen).hasSize(600).doesNotHaveDuplicates();
	}

	private Stored<Counter> create(String id, Optional<Idempotency> request) {
		return create(id, id, request).block();
	}

	private Mono<Stored<Counter>> create(String id, String name, Optional<Idempotency> request) {
		return this.counters.create(id, Change.to(new Counter(name, 0), new CounterEvent.WentUp(0)), request);
	}

	private void removeUntil(Instant until) {
		Change<Counter> removal = Change.removal(new CounterEvent.Removed(), new Counter("a", -1), until);
		assertThat(this.counters.change("a", (current) -> removal).blockOptional()).isEmpty();
	}

	private List<UnsentEvents> unsent() {
		return this.store.outboxes().get(0).unsent(Duration.ZERO, 100).collectList().block();
	}

	private static Change<Counter> up(Stored<Counter> current) {
		int next = current.value().count() + 1;
		return Change.to(new Counter(current.value().name(), next), new CounterEvent.WentUp(next));
	}

	/** A state for these tests. */
	public record Counter(String name, int count) {
	}

}
