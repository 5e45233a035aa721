package dev.agora.platform.document;

import java.util.Map;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.DocumentsStoreTests.Counter;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes documents whose decision takes long, and counts beside their state. */
class ClaimsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private DocumentStore store;

	private Documents<Counter> counters;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void create() {
		this.store = mongo.store();
		this.counters = this.store.documents("counters", Counter.class, "test.counters.v1");
		this.store.migrate().block();
		this.counters.create("a", to(1), Optional.empty()).block();
	}

	@Test
	void writesTheChangeOfAClaim() {
		Claim<Counter> claim = this.counters.claim("a").block();
		assertThat(claim.state().version()).isEqualTo(1);
		assertThat(claim.change(to(2)).block().version()).isEqualTo(2);
		assertThat(this.counters.find("a").block().value().count()).isEqualTo(2);
		assertThat(TestMongoServer.events(this.store, "a")).hasSize(2);
	}

	@Test
	void writesNothingOnceAnotherHasClaimedTheDocument() {
		Claim<Counter> first = this.counters.claim("a").block();
		Claim<Counter> second = this.counters.claim("a").block();
		assertThat(first.change(to(2)).block()).isNull();
		assertThat(this.counters.find("a").block().version()).isEqualTo(1);
		assertThat(second.change(to(3)).block().value().count()).isEqualTo(3);
		assertThat(second.change(to(4)).block()).isNull();
	}

	@Test
	void writesNothingOnceTheDocumentHasChangedOrIsRemoved() {
		Claim<Counter> claim = this.counters.claim("a").block();
		this.counters.change("a", (current) -> to(5)).block();
		assertThat(claim.change(to(2)).block()).isNull();
		Claim<Counter> late = this.counters.claim("a").block();
		this.counters.change("a", (current) -> Change.removal(new CounterEvent.WentUp(0))).block();
		assertThat(late.change(to(2)).block()).isNull();
		assertThat(this.counters.claim("a").block()).isNull();
		assertThat(this.counters.claim("unknown").block()).isNull();
	}

	@Test
	void aClaimHindersNoOtherChange() {
		this.counters.claim("a").block();
		assertThat(this.counters.change("a", (current) -> to(5)).block().version()).isEqualTo(2);
	}

	@Test
	void addsToATallyWithoutAVersionOrAnEvent() {
		this.counters.tallies().add("b1", Map.of("a", 3L, "unknown", 1L)).block();
		this.counters.change("a", (current) -> to(2)).block();
		this.counters.tallies().add("b2", Map.of("a", 4L)).block();
		Stored<Counter> counter = this.counters.find("a").block();
		assertThat(counter.tally()).isEqualTo(7);
		assertThat(counter.version()).isEqualTo(2);
		assertThat(TestMongoServer.events(this.store, "a")).hasSize(2);
		assertThat(this.counters.find("unknown").block()).isNull();
	}

	@Test
	void addsARepeatedOrOlderBatchOnce() {
		this.counters.tallies().add("b2", Map.of("a", 3L)).block();
		this.counters.tallies().add("b2", Map.of("a", 3L)).block();
		this.counters.tallies().add("b1", Map.of("a", 5L)).block();
		assertThat(this.counters.find("a").block().tally()).isEqualTo(3);
	}

	@Test
	void addsTheRestOfABatchThatWasInterrupted() {
		this.counters.create("b", to(1), Optional.empty()).block();
		this.counters.tallies().add("b1", Map.of("a", 1L)).block();
		this.counters.tallies().add("b1", Map.of("a", 1L, "b", 2L)).block();
		assertThat(this.counters.find("a").block().tally()).isEqualTo(1);
		assertThat(this.counters.find("b").block().tally()).isEqualTo(2);
	}

	@Test
	void countsByANumber() {
		this.counters.create("b", to(1), Optional.empty()).block();
		this.counters.create("c", to(7), Optional.empty()).block();
		this.counters.create("d", to(7), Optional.empty()).block();
		this.counters.change("d", (current) -> Change.removal(new CounterEvent.WentUp(0))).block();
		assertThat(this.counters.tallies().countBy("value.count", Filters.gt("value.count", 0)).block())
			.isEqualTo(Map.of(1, 2L, 7, 1L));
	}

	private static Change<Counter> to(int count) {
		return Change.to(new Counter("a", count), new CounterEvent.WentUp(count));
	}

}
