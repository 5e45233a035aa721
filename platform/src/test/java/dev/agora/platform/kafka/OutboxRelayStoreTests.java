package dev.agora.platform.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.event.Event;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.watermark.WatermarkSweep;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxRelayStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final DocumentStore store = new DocumentStore(mongo.database("relay" + databases++), new JsonMapper(),
			Clock.systemUTC());

	private final Documents<Thing> things = this.store.documents("things", Thing.class, "test.things.v1");

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void sendsAllEventsBeforeItStops() {
		MockProducer<String, byte[]> broker = broker(true);
		OutboxRelay relay = relay(broker, "1m");
		relay.start();
		write(100);
		relay.stop();
		assertThat(broker.history()).hasSize(100).extracting(ProducerRecord::key).doesNotHaveDuplicates();
		assertThat(backlog()).isZero();
	}

	@Test
	void keepsEventsThatAnUnavailableBrokerDoesNotAcknowledge() {
		OutboxRelay relay = relay(broker(false), "100ms");
		relay.start();
		write(3);
		relay.stop();
		assertThat(relay.isRunning()).isFalse();
		assertThat(backlog()).isEqualTo(3);
	}

	@Test
	void sweepsAgainAfterARestart() {
		MockProducer<String, byte[]> broker = broker(true);
		OutboxRelay relay = relay(broker,
				Map.of("agora.kafka.sweep-interval", "20ms", "agora.kafka.sweep-min-age", "0s"));
		relay.start();
		relay.stop();
		write(3);
		this.store.outboxQueue().clear();
		relay.start();
		Awaitility.await("the sweep sends the events").until(() -> broker.history().size() >= 3);
		relay.stop();
	}

	/** The process died between the acknowledgements of Kafka and the next batch. */
	@Test
	void sendsAgainWhatADeadProcessHasNotRemoved() {
		MockProducer<String, byte[]> broker = broker(true);
		EventPublisher publisher = new EventPublisher(broker, "test-service", Tracing.disabled());
		OrderedEventSender dead = new OrderedEventSender(publisher,
				new OutboxAcknowledger(watermarks(publisher), new SimpleMeterRegistry()));
		write(3);
		for (int sent = 0; sent < 3; sent++) {
			dead.send(this.store.outboxQueue().remove());
		}
		assertThat(broker.history()).hasSize(3);
		OutboxRelay other = relay(broker,
				Map.of("agora.kafka.sweep-interval", "20ms", "agora.kafka.sweep-min-age", "0s"));
		other.start();
		Awaitility.await("the outboxes are empty").until(() -> backlog() == 0);
		other.stop();
		assertThat(broker.history()).extracting(ProducerRecord::key).contains("t0", "t1", "t2").hasSizeGreaterThan(5);
	}

	@Test
	void measuresTheBacklogWhileWatermarksCannotBeSent() {
		Documents<Thing> tracked = this.store.trackedDocuments("tracked", Thing.class, "test.tracked.v1");
		WatermarkSweep blocked = new WatermarkSweep(Clock.systemUTC(), Duration.ZERO, (topic, time) -> Mono.never());
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		OutboxRelay relay = new OutboxRelay(this.store,
				new EventPublisher(broker(false), "test-service", Tracing.disabled()),
				settings(Map.of("agora.kafka.sweep-interval", "20ms", "agora.kafka.drain-timeout", "100ms")), blocked,
				meters);
		relay.start();
		for (int count = 1; count <= 2; count++) {
			tracked.create("t" + count, Change.to(new Thing(count), new ThingEvent.Created(count)), Optional.empty())
				.block();
			double expected = count;
			Awaitility.await("the backlog is measured")
				.until(() -> meters.get("outbox.backlog").gauge().value() == expected);
		}
		relay.stop();
	}

	private static MockProducer<String, byte[]> broker(boolean acknowledges) {
		return new MockProducer<>(acknowledges, null, new StringSerializer(), new ByteArraySerializer());
	}

	/** Creates a relay that does not sweep. */
	private OutboxRelay relay(MockProducer<String, byte[]> broker, String drainTimeout) {
		return relay(broker, Map.of("agora.kafka.drain-timeout", drainTimeout, "agora.kafka.sweep-interval", "1h"));
	}

	private OutboxRelay relay(MockProducer<String, byte[]> broker, Map<String, String> set) {
		EventPublisher publisher = new EventPublisher(broker, "test-service", Tracing.disabled());
		return new OutboxRelay(this.store, publisher, settings(set), watermarks(publisher), new SimpleMeterRegistry());
	}

	private static WatermarkSweep watermarks(EventPublisher publisher) {
		return new WatermarkSweep(Clock.systemUTC(), Duration.ZERO, publisher::sendWatermark);
	}

	private static KafkaSettings settings(Map<String, String> set) {
		return new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("agora.kafka", KafkaSettings.class);
	}

	private void write(int count) {
		Flux.range(0, count)
			.flatMap((i) -> this.things.create("t" + i, Change.to(new Thing(i), new ThingEvent.Created(i)),
					Optional.empty()), 16)
			.blockLast(Duration.ofSeconds(30));
	}

	private Long backlog() {
		return this.store.outboxes().get(0).backlog().block();
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

}
