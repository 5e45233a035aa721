package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.kafka.support.KafkaUtils;

import dev.agora.platform.event.Event;
import dev.agora.platform.kafka.watermark.WatermarkRecords;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.watermark.Watermark;

/** A stream of events that keeps the dead letters it has sent. */
final class TestEventStream implements AutoCloseable {

	final LimitedProducer letters = new LimitedProducer();

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final List<Watermark> reached = new ArrayList<>();

	private final EventStream stream;

	TestEventStream() {
		this(Tracing.disabled());
	}

	TestEventStream(Tracing tracing) {
		KafkaSettings settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.kafka",
				KafkaSettings.class);
		this.stream = new EventStream(new EventPublisher(this.letters, "test-service", tracing), JsonMapper.shared(),
				settings, this::reach, this.meters);
		KafkaUtils.setConsumerGroupId("test.things");
	}

	void handle(List<ConsumerRecord<String, byte[]>> batch, Function<ReceivedEvent<ThingEvent>, Mono<Void>> effect) {
		this.stream.inKeyOrder(batch, ThingEvent.class, effect);
	}

	private Mono<Void> reach(String group, Collection<Watermark> marks) {
		return Mono.fromRunnable(() -> this.reached.addAll(marks));
	}

	void handleTogether(List<ConsumerRecord<String, byte[]>> batch,
			Function<List<ReceivedEvent<ThingEvent>>, Mono<Void>> effect) {
		this.stream.together(batch, ThingEvent.class, effect);
	}

	double applied() {
		return this.meters.timer("events.handled", "group", "test.things", "outcome", "applied").count();
	}

	double deadLetters() {
		return this.meters.counter("events.dead", "group", "test.things").count();
	}

	static ConsumerRecord<String, byte[]> event(String key, int version) {
		return record(key, "{}", "thing.created", Integer.toString(version));
	}

	static ConsumerRecord<String, byte[]> watermark(long time) {
		ProducerRecord<String, byte[]> sent = WatermarkRecords.create(new Watermark("things", 0, 6, time));
		ConsumerRecord<String, byte[]> mark = new ConsumerRecord<>(sent.topic(), 0, 1, sent.key(), sent.value());
		sent.headers().forEach(mark.headers()::add);
		return mark;
	}

	static ConsumerRecord<String, byte[]> record(@Nullable String key, @Nullable String value, @Nullable String type,
			@Nullable String version) {
		ConsumerRecord<String, byte[]> event = new ConsumerRecord<>("things", 0, 1, key,
				(value != null) ? value.getBytes(StandardCharsets.UTF_8) : null);
		RecordHeaders headers = new RecordHeaders();
		if (type != null) {
			EventHeaders.put(headers, EventHeaders.TYPE, type);
		}
		if (version != null) {
			EventHeaders.put(headers, EventHeaders.VERSION, version);
		}
		EventHeaders.put(headers, EventHeaders.TIME, Instant.EPOCH.toString());
		headers.forEach(event.headers()::add);
		return event;
	}

	@Override
	public void close() {
		KafkaUtils.clearConsumerGroupId();
	}

	/** The events of an aggregate for these tests. */
	sealed interface ThingEvent extends Event {

		/** The aggregate was created. */
		record Created() implements ThingEvent {
		}

	}

}
