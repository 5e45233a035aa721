package dev.agora.platform.watermark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Outbox;
import dev.agora.platform.event.Event;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class WatermarksStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final AdjustableClock clock = new AdjustableClock();

	private final MongoDatabase database = mongo.database("watermarks" + databases++);

	private final Watermarks watermarks = new Watermarks(this.database);

	private final List<Long> published = new ArrayList<>();

	private final WatermarkSweep sweep = new WatermarkSweep(this.clock, Duration.ofSeconds(3),
			(topic, time) -> Mono.fromRunnable(() -> this.published.add(time)));

	private final DocumentStore store = new DocumentStore(this.database, new JsonMapper(), this.clock);

	private final Documents<Thing> things = this.store.trackedDocuments("things", Thing.class, "test.things.v1");

	private final Outbox outbox = this.store.outboxes().get(0);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aReaderHasReachedTheLowestWatermarkOfAllPartitions() {
		Reader reader = this.watermarks.reader("test.group", "test.things.v1");
		advance(new Watermark("test.things.v1", 0, 2, 100));
		awaitReached(reader, 0);
		advance(new Watermark("test.things.v1", 1, 2, 50));
		awaitReached(reader, 50);
		advance(new Watermark("test.things.v1", 1, 2, 120), new Watermark("test.things.v1", 0, 2, 90));
		awaitReached(reader, 100);
	}

	@Test
	void aNewPartitionHasReachedNothing() {
		Reader reader = this.watermarks.reader("test.group", "test.more.v1");
		advance(new Watermark("test.more.v1", 0, 1, 100));
		awaitReached(reader, 100);
		advance(new Watermark("test.more.v1", 0, 2, 200));
		awaitReached(reader, 0);
	}

	@Test
	void publishesNoWatermarkBeforeAnUnsentEvent() {
		long created = this.clock.millis();
		create("early");
		this.clock.advance(Duration.ofSeconds(10));
		create("late");
		send("late");
		this.sweep.sent(this.outbox);
		this.clock.advance(Duration.ofMinutes(1));
		this.sweep.publish(this.outbox, false).block();
		assertThat(this.published).isEmpty();
		this.sweep.publish(this.outbox, true).block();
		assertThat(this.published).singleElement().satisfies((time) -> assertThat(time).isLessThan(created));
		send("early");
		this.clock.advance(Duration.ofSeconds(3));
		this.sweep.publish(this.outbox, false).block();
		assertThat(this.published.get(1)).isEqualTo(this.clock.millis() - 3_000);
	}

	@Test
	void publishesOneWatermarkAfterTheLastEvent() {
		create("one");
		send("one");
		this.sweep.sent(this.outbox);
		long sent = this.clock.millis();
		for (int second = 0; second < 20; second++) {
			this.sweep.publish(this.outbox, false).block();
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.published).containsExactly(sent);
	}

	@Test
	void whatFollowsAGroupIsLater() {
		List<Long> applied = new ArrayList<>(List.of(10L));
		Reader group = new Fixed(applied);
		DelayedReader cache = DelayedReader.after(group, Duration.ofMinutes(1), this.clock);
		assertThat(cache.appliedUntil().block()).isZero();
		this.clock.advance(Duration.ofSeconds(59));
		applied.set(0, 20L);
		assertThat(cache.appliedUntil().block()).isZero();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(cache.appliedUntil().block()).isEqualTo(10);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(cache.appliedUntil().block()).isEqualTo(20);
	}

	@Test
	void publishesFewWatermarksWhileEventsAreSent() {
		for (int second = 0; second < 30; second++) {
			this.sweep.sent(this.outbox);
			this.clock.advance(Duration.ofSeconds(1));
			this.sweep.publish(this.outbox, false).block();
		}
		assertThat(this.published).hasSizeBetween(8, 10);
	}

	/** The cache follows a group although no document of its own topic changes. */
	@Test
	void aFollowerOfAQuietTopicRequestsTheWatermarkThatItAwaits() {
		Reader own = () -> Mono
			.fromSupplier(() -> this.published.isEmpty() ? 0L : this.published.get(this.published.size() - 1));
		DelayedReader cache = DelayedReader.untilReached(new Fixed(List.of(10L)), own, "test.things.v1", this.sweep);
		assertThat(cache.appliedUntil().block()).isZero();
		this.sweep.publish(this.outbox, false).block();
		assertThat(this.published).as("nobody waits yet").isEmpty();
		assertThat(cache.appliedUntil().block()).isZero();
		this.clock.advance(Duration.ofSeconds(6));
		this.sweep.publish(this.outbox, false).block();
		assertThat(cache.appliedUntil().block()).isEqualTo(10);
	}

	@Test
	void storesNoProgressThatNobodyReads() {
		this.watermarks.advance("unread", List.of(new Watermark("test.unread.v1", 0, 1, 100))).block();
		Reader late = this.watermarks.reader("unread", "test.unread.v1");
		assertThat(late.appliedUntil().block()).isZero();
		this.watermarks.advance("unread", List.of(new Watermark("test.unread.v1", 0, 1, 100))).block();
		awaitReached(late, 100);
	}

	private void advance(Watermark... marks) {
		this.watermarks.advance("test.group", List.of(marks)).block();
	}

	private static void awaitReached(Reader reader, long time) {
		Awaitility.await("the known watermarks are read again")
			.untilAsserted(() -> assertThat(reader.appliedUntil().block()).isEqualTo(time));
	}

	private void create(String id) {
		this.things.create(id, Change.to(new Thing(1), new ThingEvent.Created(1)), Optional.empty()).block();
	}

	private void send(String id) {
		this.outbox.clear(List.of(Map.entry(id, 1L))).block();
	}

	/** An aggregate for these tests. */
	public record Thing(int number) {
	}

	/** The events of the aggregate. */
	sealed interface ThingEvent extends Event {

		/** The aggregate was created. */
		record Created(int number) implements ThingEvent {
		}

	}

	private record Fixed(List<Long> applied) implements Reader {

		@Override
		public Mono<Long> appliedUntil() {
			return Mono.fromSupplier(() -> this.applied.get(0));
		}

	}

}
