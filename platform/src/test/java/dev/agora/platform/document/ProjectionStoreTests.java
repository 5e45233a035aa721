package dev.agora.platform.document;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;
import dev.agora.platform.document.DocumentsStoreTests.Counter;

/** Applies events to copies, in any order. */
class ProjectionStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Projection<Counter> copies = mongo.store().projection("copies", Counter.class);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void ignoresEventsThatAreNotNewerThanTheCopy() {
		assertThat(this.copies.upsert("x", 2, new Counter("second", 2)).block()).isTrue();
		assertThat(this.copies.upsert("x", 1, new Counter("first", 1)).block()).isFalse();
		assertThat(this.copies.upsert("x", 2, new Counter("again", 2)).block()).isFalse();
		assertThat(this.copies.find("x").block().value().name()).isEqualTo("second");
		assertThat(this.copies.remove("x", 3).block()).isTrue();
		assertThat(this.copies.upsert("x", 2, new Counter("late", 2)).block()).isFalse();
		assertThat(this.copies.find("x").block().isDeleted()).isTrue();
	}

	@Test
	void distinguishesDeletedFromUnknownAggregates() {
		this.copies.upsert("x", 2, new Counter("second", 2)).block();
		this.copies.remove("y", 3).block();
		assertThat(this.copies.find("x").block()).isEqualTo(new Projected<>(2, new Counter("second", 2)));
		assertThat(this.copies.find("y").block()).isEqualTo(new Projected<Counter>(3, null));
		assertThat(this.copies.find("z").blockOptional()).isEmpty();
	}

	@Test
	void replacesACopyOnlyIfItHasTheVersionThatWasRead() {
		Projected<Counter> first = new Projected<>(2, new Counter("first", 1));
		assertThat(this.copies.compareAndSet("c", 0, first).block()).isTrue();
		assertThat(this.copies.compareAndSet("c", 0, new Projected<>(3, null)).block()).isFalse();
		assertThat(this.copies.compareAndSet("c", 1, new Projected<>(3, null)).block()).isFalse();
		assertThat(this.copies.find("c").block()).isEqualTo(first);
		Projected<Counter> again = new Projected<>(2, new Counter("again", 2));
		assertThat(this.copies.compareAndSet("c", 2, again).block()).isTrue();
		assertThat(this.copies.find("c").block()).isEqualTo(again);
		assertThat(this.copies.compareAndSet("c", 2, new Projected<>(3, null)).block()).isTrue();
		assertThat(this.copies.find("c").block()).isEqualTo(new Projected<Counter>(3, null));
	}

}
