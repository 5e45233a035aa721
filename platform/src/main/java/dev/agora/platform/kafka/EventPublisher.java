package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.kafka.deadletter.DeadLetterWriter;
import dev.agora.platform.kafka.tracing.ConsumerSpans;
import dev.agora.platform.kafka.tracing.ProducerSpans;
import dev.agora.platform.kafka.watermark.WatermarkRecords;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.watermark.Watermark;

/**
 * Sends records to Kafka. No other class does so. A call may block while the brokers are
 * unavailable.
 */
public final class EventPublisher implements AutoCloseable {

	private final Producer<String, byte[]> producer;

	private final String service;

	private final Tracing tracing;

	private final ProducerSpans spans;

	EventPublisher(Producer<String, byte[]> producer, String service, Tracing tracing) {
		this.producer = producer;
		this.service = service;
		this.tracing = tracing;
		this.spans = new ProducerSpans(tracing);
	}

	/** Creates the recorder of the spans of listeners. */
	ConsumerSpans consumerSpans() {
		return new ConsumerSpans(this.tracing);
	}

	/**
	 * Sends an event from an outbox. If it is sent twice, both records carry the same
	 * event id, {@code <topic>/<id>/<version>}.
	 * @param callback receives the failure, or null on success
	 */
	void send(String topic, String id, OutboxEntry entry, Consumer<@Nullable Exception> callback) {
		RecordHeaders headers = headers(topic, id, entry);
		Consumer<@Nullable Exception> traced = this.spans.startStored(topic, entry, headers, callback);
		send(new ProducerRecord<>(topic, null, id, value(entry), headers), traced);
	}

	private RecordHeaders headers(String topic, String id, OutboxEntry entry) {
		RecordHeaders headers = new RecordHeaders();
		EventHeaders.put(headers, EventHeaders.SPEC_VERSION, "1.0");
		EventHeaders.put(headers, EventHeaders.ID, topic + "/" + id + "/" + entry.version());
		EventHeaders.put(headers, EventHeaders.TYPE, entry.type());
		EventHeaders.put(headers, EventHeaders.SOURCE, "/" + this.service);
		EventHeaders.put(headers, EventHeaders.SUBJECT, id);
		EventHeaders.put(headers, EventHeaders.TIME, entry.at().toString());
		EventHeaders.put(headers, EventHeaders.VERSION, Long.toString(entry.version()));
		EventHeaders.put(headers, EventHeaders.CONTENT_TYPE, "application/json");
		return headers;
	}

	private static byte[] value(OutboxEntry entry) {
		return entry.data().getBytes(StandardCharsets.UTF_8);
	}

	/** Sends a watermark to all partitions of a topic. */
	Mono<Void> sendWatermark(String topic, long time) {
		return Mono.fromCallable(() -> this.producer.partitionsFor(topic))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMapMany((partitions) -> Flux.range(0, partitions.size())
				.flatMap((partition) -> sendNow(
						WatermarkRecords.create(new Watermark(topic, partition, partitions.size(), time)))))
			.then();
	}

	/**
	 * Sends an event that no outbox holds; its sender repeats it after a failure.
	 * Completes when the brokers have acknowledged it.
	 */
	public Mono<Void> publish(String topic, String id, OutboxEntry entry) {
		return Mono.<Void>create((sink) -> publish(topic, id, entry, (failure) -> complete(sink, failure)))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private void publish(String topic, String id, OutboxEntry entry, Consumer<@Nullable Exception> callback) {
		RecordHeaders headers = headers(topic, id, entry);
		Consumer<@Nullable Exception> traced = this.spans.start(topic, entry, headers, callback);
		send(new ProducerRecord<>(topic, null, id, value(entry), headers), traced);
	}

	/**
	 * Sends an event that could not be applied to its dead-letter topic, with the cause.
	 * It is shortened if it does not fit.
	 */
	public Mono<Void> sendToDeadLetters(ConsumerRecord<String, byte[]> event, String group, Throwable cause) {
		return DeadLetterWriter.send(DeadLetterWriter.create(event, group, cause), this::sendNow);
	}

	/** Sends a dead letter to the topic of its event again, for one consumer group. */
	public Mono<Void> replay(ConsumerRecord<String, byte[]> letter, String topic, String group) {
		RecordHeaders headers = new RecordHeaders(letter.headers().toArray());
		headers.remove(EventHeaders.CAUSE);
		DeadLetterWriter.removeStandardHeaders(headers);
		EventHeaders.put(headers, EventHeaders.REPLAY_FOR, group);
		return sendNow(new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers));
	}

	/** Closes the producer; events that are not sent by then stay in their outboxes. */
	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(2));
	}

	private Mono<Void> sendNow(ProducerRecord<String, byte[]> event) {
		return Mono.create((sink) -> send(event, (failure) -> complete(sink, failure)));
	}

	private static void complete(MonoSink<Void> sink, @Nullable Exception failure) {
		if (failure != null) {
			sink.error(failure);
		}
		else {
			sink.success();
		}
	}

	private void send(ProducerRecord<String, byte[]> event, Consumer<@Nullable Exception> callback) {
		try {
			Future<RecordMetadata> unused = this.producer.send(event, (metadata, failure) -> callback.accept(failure));
		}
		catch (KafkaException | IllegalStateException ex) {
			// A closed producer throws the IllegalStateException.
			callback.accept(ex);
		}
	}

}
