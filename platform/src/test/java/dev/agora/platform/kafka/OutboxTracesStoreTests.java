package dev.agora.platform.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.event.Event;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestTracing;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.watermark.WatermarkSweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The spans of events between their write and their acknowledgement. */
class OutboxTracesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final DocumentStore store = new DocumentStore(mongo.database("traces" + databases++), new JsonMapper(),
			Clock.systemUTC());

	private final Documents<Thing> things = this.store.documents("things", Thing.class, "test.things.v1");

	private final MockProducer<String, byte[]> broker = new MockProducer<>(true, null, new StringSerializer(),
			new ByteArraySerializer());

	private final TestTracing first = new TestTracing();

	private final TestTracing second = new TestTracing();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void recordsTheTimeInTheOutboxAndTheSend() {
		OutboxRelay relay = relay(this.first, "1h");
		relay.start();
		write(TestTracing.SAMPLED);
		relay.stop();
		List<SpanData> spans = this.first.end();
		assertThat(spans).hasSize(2);
		assertComplete(spans);
	}

	@Test
	void anotherInstanceContinuesTheTraceAfterTheBrokerWasUnavailable() {
		this.broker.sendException = new TimeoutException("No broker responds.");
		OutboxRelay failing = relay(this.first, "1h");
		failing.start();
		write(TestTracing.SAMPLED);
		Awaitility.await("the send has failed").until(() -> this.store.outboxQueue().isEmpty());
		failing.stop();
		this.broker.sendException = null;
		OutboxRelay relay = relay(this.second);
		relay.start();
		Awaitility.await("the sweep sends the event").until(() -> !this.broker.history().isEmpty());
		relay.stop();
		assertThat(this.first.end()).isEmpty();
		assertComplete(this.second.end());
	}

	@Test
	void recordsNothingOfAnUnsampledTrace() {
		OutboxRelay relay = relay(this.first);
		relay.start();
		write(TestTracing.UNSAMPLED);
		relay.stop();
		assertThat(sentTrace()).isEqualTo(TestTracing.UNSAMPLED);
		assertThat(this.first.end()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sendsAStoredEventWithoutATrace(boolean malformed) {
		write(TestTracing.SAMPLED);
		this.store.outboxQueue().clear();
		Mono.from(mongo.database("traces" + (databases - 1))
			.getCollection("things", BsonDocument.class)
			.updateMany(new BsonDocument(),
					malformed ? Updates.set("outbox.0.trace", "junk") : Updates.unset("outbox.0.trace")))
			.block();
		OutboxRelay relay = relay(this.first);
		relay.start();
		Awaitility.await("the sweep sends the event").until(() -> !this.broker.history().isEmpty());
		relay.stop();
		assertThat(sentTrace()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
		assertThat(this.first.end()).isEmpty();
	}

	@Test
	void recordsTheSendOfAnEventWithoutAnOutboxAlsoIfItFails() {
		EventPublisher publisher = new EventPublisher(this.broker, "test-service", this.first.tracing());
		OutboxEntry entry = new OutboxEntry(1, "thing.created", Clock.systemUTC().instant(), "{}", TestTracing.SAMPLED);
		publisher.publish("test.things.v1", "t1", entry).block();
		this.broker.sendException = new TimeoutException("No broker responds.");
		publisher.publish("test.things.v1", "t1", entry).onErrorComplete().block();
		assertThat(this.first.end()).extracting(SpanData::getName, SpanData::getParentSpanId)
			.containsOnly(tuple("send test.things.v1", Trace.spanIdOf(TestTracing.SAMPLED)))
			.hasSize(2);
	}

	/** Checks the spans of the record that was sent first. */
	private void assertComplete(List<SpanData> spans) {
		SpanData send = find(spans, Trace.spanIdOf(sentTrace()));
		SpanData outbox = find(spans, send.getParentSpanId());
		assertThat(sentTrace()).isEqualTo("00-" + Trace.idOf(TestTracing.SAMPLED) + "-" + send.getSpanId() + "-01");
		assertThat(send.getName()).isEqualTo("send test.things.v1");
		assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
		assertThat(outbox.getName()).isEqualTo("outbox test.things.v1");
		assertThat(outbox.getTraceId()).isEqualTo(Trace.idOf(TestTracing.SAMPLED));
		assertThat(outbox.getParentSpanId()).isEqualTo(Trace.spanIdOf(TestTracing.SAMPLED));
		assertThat(outbox.getEndEpochNanos()).isGreaterThanOrEqualTo(outbox.getStartEpochNanos());
	}

	private static SpanData find(List<SpanData> spans, String id) {
		return spans.stream().filter((span) -> span.getSpanId().equals(id)).findFirst().orElseThrow();
	}

	private String sentTrace() {
		return String.valueOf(EventHeaders.get(this.broker.history().get(0).headers(), Trace.PARENT));
	}

	private OutboxRelay relay(TestTracing tracing) {
		return relay(tracing, "20ms");
	}

	private OutboxRelay relay(TestTracing tracing, String sweepInterval) {
		EventPublisher publisher = new EventPublisher(this.broker, "test-service", tracing.tracing());
		WatermarkSweep watermarks = new WatermarkSweep(Clock.systemUTC(), Duration.ZERO, (topic, time) -> Mono.empty());
		KafkaSettings settings = new Binder(new MapConfigurationPropertySource(
				Map.of("agora.kafka.sweep-interval", sweepInterval, "agora.kafka.sweep-min-age", "0s")))
			.bindOrCreate("agora.kafka", KafkaSettings.class);
		return new OutboxRelay(this.store, publisher, settings, watermarks, new SimpleMeterRegistry());
	}

	private void write(String trace) {
		this.things.create("t1", Change.to(new Thing(1), new ThingEvent.Created(1)), Optional.empty())
			.contextWrite((context) -> context.put(Trace.PARENT, trace))
			.block();
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
