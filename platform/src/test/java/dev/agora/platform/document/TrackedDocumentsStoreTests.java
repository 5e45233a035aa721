package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.consistency.ConsistencyToken;
import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.consistency.WrittenVersions;
import dev.agora.platform.document.DocumentsStoreTests.Counter;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

/** The versions that a request puts into its token. */
class TrackedDocumentsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private static final String TOPIC = "test.counters.v1";

	private final AdjustableClock clock = new AdjustableClock();

	private DocumentStore store;

	private Documents<Counter> counters;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openCounters() {
		this.store = new DocumentStore(mongo.database("tracked" + databases++), new JsonMapper(), this.clock);
		this.counters = this.store.trackedDocuments("counters", Counter.class, TOPIC);
		this.store.migrate().block();
	}

	@Test
	void containsEachWrite() {
		assertThat(written(create(Optional.empty()))).isEqualTo(token(1, "counter.went-up"));
		assertThat(written(this.counters.change("a", TrackedDocumentsStoreTests::up)))
			.isEqualTo(token(2, "counter.went-up"));
		assertThat(written(this.counters.change("a", (current) -> removal())))
			.isEqualTo(token(2, "counter.went-up").merge(token(3, "counter.removed")));
	}

	/** A reader of the last type would not wait for the others. */
	@Test
	void containsEachUnsentEventOfARepeatedRequest() {
		create(Optional.empty()).block();
		this.counters.change("a", (current) -> Change.to(current.value(), new CounterEvent.WentDown(0))).block();
		assertThat(written(this.counters.change("a", (current) -> Change.none(current.value()))))
			.isEqualTo(token(1, "counter.went-up").merge(token(2, "counter.went-down")));
	}

	/** A service may never have the version, so its watermark must suffice. */
	@Test
	void containsTheTimeOfTheLastWriteOnceItsEventIsSent() {
		create(Optional.empty()).block();
		long writtenAt = this.clock.millis();
		this.store.outboxes().get(0).clear(List.of(Map.entry("a", 1L))).block();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(written(this.counters.change("a", (current) -> Change.none(current.value()))))
			.isEqualTo(ConsistencyToken.NONE.with(TOPIC, List.of(new SeenWrite("a", 1, writtenAt))));
	}

	/** Other services never have the version of such a write, as of a new password. */
	@Test
	void containsNoWriteWithoutAnEvent() {
		create(Optional.empty()).block();
		this.store.outboxes().get(0).clear(List.of(Map.entry("a", 1L))).block();
		assertThat(written(this.counters.change("a", (current) -> Change.withoutEvent(current.value()))))
			.isEqualTo(ConsistencyToken.NONE);
	}

	@Test
	void containsTheWriteOfAnEarlierAttemptOfTheRequest() {
		Optional<Idempotency> key = Idempotency.of("key", "ann", "body");
		create(key).block();
		assertThat(written(create(key))).isEqualTo(token(1, "counter.went-up"));
		this.counters.change("a", TrackedDocumentsStoreTests::up).block();
		assertThat(written(this.counters.change("a", (current) -> Change.none(current.value()))))
			.isEqualTo(token(2, "counter.went-up"));
		this.counters.change("a", (current) -> removal().by("ann")).block();
		assertThat(written(this.counters.wasRemovedBy("ann", "a")))
			.isEqualTo(token(2, "counter.went-up").merge(token(3, "counter.removed")));
	}

	@Test
	void containsNothingOfReadsAndOtherCollections() {
		create(Optional.empty()).block();
		assertThat(written(this.counters.find("a"))).isEqualTo(ConsistencyToken.NONE);
		DocumentStore store = new DocumentStore(mongo.database("untracked"), new JsonMapper(), Clock.systemUTC());
		Documents<Counter> others = store.documents("counters", Counter.class, TOPIC);
		assertThat(written(
				others.create("a", Change.to(new Counter("a", 0), new CounterEvent.WentUp(0)), Optional.empty())))
			.isEqualTo(ConsistencyToken.NONE);
	}

	@Test
	void findsTheVersionsOfAProjection() {
		DocumentStore store = mongo.store();
		Projection<Counter> copies = store.projection("copies", Counter.class);
		copies.upsert("a", 2, new Counter("a", 0)).block();
		copies.remove("b", 3).block();
		assertThat(copies.hasVersions(Map.of("a", 2L, "b", 3L)).block()).isTrue();
		assertThat(copies.hasVersions(Map.of("a", 1L)).block()).isTrue();
		assertThat(copies.hasVersions(Map.of("a", 3L)).block()).isFalse();
		assertThat(copies.hasVersions(Map.of("a", 2L, "c", 1L)).block()).isFalse();
	}

	private Mono<Stored<Counter>> create(Optional<Idempotency> key) {
		return this.counters.create("a", Change.to(new Counter("a", 0), new CounterEvent.WentUp(0)), key);
	}

	private static Change<Counter> up(Stored<Counter> current) {
		int next = current.value().count() + 1;
		return Change.to(new Counter("a", next), new CounterEvent.WentUp(next));
	}

	private static Change<Counter> removal() {
		return Change.removal(new CounterEvent.Removed());
	}

	private ConsistencyToken token(long version, String type) {
		return ConsistencyToken.NONE.with(TOPIC,
				List.of(new SeenWrite("a", version, this.clock.millis(), SeenWrite.code(type))));
	}

	private static ConsistencyToken written(Mono<?> request) {
		WrittenVersions written = new WrittenVersions();
		request.contextWrite(written::putInto).then().block();
		return written.addTo(ConsistencyToken.NONE);
	}

}
