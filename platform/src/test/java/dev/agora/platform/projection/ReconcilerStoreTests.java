package dev.agora.platform.projection;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReconcilerStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Projection<Source> projection = mongo.store().projection("sources", Source.class);

	private final RecordingDependents dependents = new RecordingDependents();

	private final Reconciler<Source> reconciler = new Reconciler<>(this.projection, this.dependents);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void reconcilesAllDependentsWithANewerVersion() {
		this.reconciler.upsert("s", 2, new Source("new")).block();
		assertThat(this.dependents.calls).containsExactlyInAnyOrder("a: new", "b: new", "c: new");
	}

	@Test
	void readsNoDependentsForTheFirstVersion() {
		this.reconciler.upsert("s", 1, new Source("first")).block();
		assertThat(this.dependents.reads).hasValue(0);
	}

	@Test
	void reconcilesWithTheStoredStateOnALateEvent() {
		this.reconciler.remove("s", 3).block();
		this.dependents.calls.clear();
		this.reconciler.upsert("s", 2, new Source("late")).block();
		assertThat(this.dependents.calls).containsExactlyInAnyOrder("a: deleted", "b: deleted", "c: deleted");
	}

	@Test
	void reconcilesAgainAfterAFailure() {
		this.dependents.failing = "b";
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.reconciler.remove("s", 2).block());
		this.dependents.failing = "";
		this.dependents.calls.clear();
		this.reconciler.remove("s", 2).block();
		assertThat(this.dependents.calls).containsExactlyInAnyOrder("a: deleted", "b: deleted", "c: deleted");
	}

	@Test
	void reconcilesANewDependentOnlyWithANewerVersion() {
		this.projection.upsert("s", 2, new Source("second")).block();
		this.reconciler.reconcile("d", "s", 2).block();
		this.reconciler.reconcile("d", "unknown", 1).block();
		assertThat(this.dependents.calls).isEmpty();
		this.reconciler.reconcile("d", "s", 1).block();
		assertThat(this.dependents.calls).containsExactly("d: second");
	}

	@Test
	void hasAppliedAVersionOnceNoDependentIsOutdated() {
		assertThat(this.reconciler.hasApplied(Map.of("s", 1L)).block()).isFalse();
		this.projection.upsert("s", 1, new Source("first")).block();
		assertThat(this.reconciler.hasApplied(Map.of("s", 1L)).block()).as("no document is older").isTrue();
		this.projection.upsert("s", 2, new Source("second")).block();
		assertThat(this.reconciler.hasApplied(Map.of("s", 2L)).block()).isFalse();
		this.dependents.outdated = false;
		assertThat(this.reconciler.hasApplied(Map.of("s", 2L)).block()).isTrue();
		assertThat(this.dependents.reads).as("it only checks").hasValue(0);
	}

	/**
	 * A source with a name.
	 *
	 * @param name the name
	 */
	public record Source(String name) {
	}

	private static final class RecordingDependents implements Dependents<Source> {

		private final Queue<String> calls = new ConcurrentLinkedQueue<>();

		private final AtomicInteger reads = new AtomicInteger();

		private volatile String failing = "";

		private volatile boolean outdated = true;

		@Override
		public Flux<String> findOutdated(String sourceId, Projected<Source> source) {
			this.reads.incrementAndGet();
			return Flux.fromIterable(List.of("a", "b", "c"));
		}

		@Override
		public Mono<Boolean> hasOutdated(String sourceId, Projected<Source> source) {
			return Mono.fromSupplier(() -> this.outdated);
		}

		@Override
		public Mono<Void> reconcile(String id, String sourceId, Projected<Source> source) {
			if (id.equals(this.failing)) {
				return Mono.error(new IllegalStateException(id));
			}
			Source value = source.value();
			return Mono.fromRunnable(() -> this.calls.add(id + ": " + ((value != null) ? value.name() : "deleted")));
		}

	}

}
