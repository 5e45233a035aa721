package dev.agora.platform.document;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentsStoreTests.Counter;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Creates many documents, and removes the events of many. */
class BulkCreationStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private DocumentStore store;

	private Documents<Counter> counters;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openCounters() {
		this.store = mongo.store();
		this.counters = this.store.documents("counters", Counter.class, "test.counters.v1");
		this.store.migrate().block();
	}

	@Test
	void sendsTheEventsAfterTheCompletion() {
		this.counters.create("b", creation("b"), Optional.empty()).block();
		this.store.outboxQueue().clear();
		Set<String> taken = this.counters.createAll(creations("a", "b", "c"), (ids) -> {
			assertThat(this.counters.find("a").block()).isNotNull();
			assertThat(this.store.outboxQueue()).isEmpty();
			return Mono.just(ids);
		}).block();
		assertThat(taken).containsExactly("b");
		assertThat(this.store.outboxQueue()).extracting(UnsentEvents::id).containsExactly("a", "c");
	}

	@Test
	void sendsTheEventsIfTheCompletionFails() {
		this.counters
			.createAll(creations("a"), (ids) -> Mono.error(new IllegalStateException("The completion failed.")))
			.onErrorComplete()
			.block();
		assertThat(this.store.outboxQueue()).extracting(UnsentEvents::id).containsExactly("a");
	}

	@Test
	void completesNoCreations() {
		assertThat(this.counters.createAll(Map.of(), Mono::just).block()).isEmpty();
	}

	@Test
	void removesTheEventsOfManyDocumentsWithOneCommand() {
		this.counters.createAll(creations("a", "b", "c"), Mono::just).block();
		int before = mongo.count("update", "counters");
		clear("a", "b", "c");
		assertThat(mongo.count("update", "counters")).isEqualTo(before + 1);
		assertThat(this.store.outboxes().get(0).backlog().block()).isZero();
	}

	@Test
	void keepsTheLaterEventsOfOneOfManyDocuments() {
		this.counters.createAll(creations("a", "b", "c"), Mono::just).block();
		this.counters
			.change("b", (counter) -> Change.to(new Counter(counter.value().name(), 1), new CounterEvent.WentUp(1)))
			.block();
		clear("a", "b", "c", "missing");
		List<UnsentEvents> unsent = this.store.outboxes().get(0).unsent(Duration.ZERO, 10).collectList().block();
		assertThat(unsent).singleElement()
			.satisfies((left) -> assertThat(left.id()).isEqualTo("b"))
			.satisfies((left) -> assertThat(left.entries()).extracting(OutboxEntry::version).containsExactly(2L));
	}

	private void clear(String... ids) {
		this.store.outboxes().get(0).clear(List.of(ids).stream().map((id) -> Map.entry(id, 1L)).toList()).block();
	}

	private static Map<String, Change<Counter>> creations(String... ids) {
		Map<String, Change<Counter>> creations = new LinkedHashMap<>();
		List.of(ids).forEach((id) -> creations.put(id, creation(id)));
		return creations;
	}

	private static Change<Counter> creation(String name) {
		return Change.to(new Counter(name, 0), new CounterEvent.WentUp(0));
	}

}
