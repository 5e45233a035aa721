package dev.agora.platform.stream;

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
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.web.Trace;

/** The only place that sends to Kafka. May block while the broker is away. */
final class EventPublisher implements AutoCloseable {

	private final Producer<String, byte[]> producer;

	private final String service;

	EventPublisher(Producer<String, byte[]> producer, String service) {
		this.producer = producer;
		this.service = service;
	}

	/**
	 * Sends an event from an outbox. A repeated send carries the same event id,
	 * {@code <topic>/<id>/<version>}.
	 * @param done is told null, or why it failed
	 */
	void send(String topic, String id, OutboxEntry entry, Consumer<@Nullable Exception> done) {
		RecordHeaders headers = new RecordHeaders();
		Headers.put(headers, Headers.SPEC_VERSION, "1.0");
		Headers.put(headers, Headers.ID, topic + "/" + id + "/" + entry.version());
		Headers.put(headers, Headers.TYPE, entry.type());
		Headers.put(headers, Headers.SOURCE, "/" + this.service);
		Headers.put(headers, Headers.SUBJECT, id);
		Headers.put(headers, Headers.TIME, entry.at().toString());
		Headers.put(headers, Headers.VERSION, Long.toString(entry.version()));
		Headers.put(headers, Headers.CONTENT_TYPE, "application/json");
		Headers.put(headers, Trace.PARENT, entry.trace());
		send(new ProducerRecord<>(topic, null, id, entry.data().getBytes(StandardCharsets.UTF_8), headers), done);
	}

	/**
	 * Puts an event aside for an operator, with its cause; shortened where it does not
	 * fit.
	 */
	Mono<Void> sendToDeadLetters(ConsumerRecord<String, byte[]> event, String group, Throwable cause) {
		return LetterWriter.send(LetterWriter.letter(event, group, cause), this::sendNow);
	}

	/** Sends a dead letter to its topic again, for the group where it died. */
	Mono<Void> replay(ConsumerRecord<String, byte[]> letter, String topic, String group) {
		RecordHeaders headers = new RecordHeaders(letter.headers().toArray());
		headers.remove(Headers.CAUSE).remove(Headers.ORIGIN);
		Headers.put(headers, Headers.REPLAY_FOR, group);
		return sendNow(new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers));
	}

	/** What is not out by then stays in the outboxes. */
	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(2));
	}

	private Mono<Void> sendNow(ProducerRecord<String, byte[]> event) {
		return Mono.create((sink) -> send(event, (failure) -> finish(sink, failure)));
	}

	private static void finish(MonoSink<Void> sink, @Nullable Exception failure) {
		if (failure != null) {
			sink.error(failure);
		}
		else {
			sink.success();
		}
	}

	private void send(ProducerRecord<String, byte[]> event, Consumer<@Nullable Exception> done) {
		try {
			Future<RecordMetadata> unused = this.producer.send(event, (metadata, failure) -> done.accept(failure));
		}
		catch (KafkaException | IllegalStateException ex) {
			// The latter once it is closed.
			done.accept(ex);
		}
	}

}
