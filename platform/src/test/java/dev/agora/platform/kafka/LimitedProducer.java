package dev.agora.platform.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.agora.platform.kafka.deadletter.DeadLetter;

/** Accepts records up to a size, as brokers and clients do. */
final class LimitedProducer extends MockProducer<String, byte[]> {

	private int limit = Integer.MAX_VALUE;

	LimitedProducer() {
		super(true, null, new StringSerializer(), new ByteArraySerializer());
	}

	void limit(int limit) {
		this.limit = limit;
	}

	DeadLetter letter(int at) {
		return DeadLetter.of(received(at));
	}

	ConsumerRecord<String, byte[]> received(int at) {
		ProducerRecord<String, byte[]> sent = history().get(at);
		ConsumerRecord<String, byte[]> received = new ConsumerRecord<>(sent.topic(), 0, at, sent.key(), sent.value());
		sent.headers().forEach(received.headers()::add);
		return received;
	}

	@Override
	public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> event, Callback callback) {
		if (size(event) > this.limit) {
			callback.onCompletion(null, new RecordTooLargeException("It has " + size(event) + " bytes."));
			return CompletableFuture.failedFuture(new RecordTooLargeException());
		}
		return super.send(event, callback);
	}

	private static int size(ProducerRecord<String, byte[]> event) {
		int size = (event.value() != null) ? event.value().length : 0;
		for (Header header : event.headers()) {
			size += header.key().length() + header.value().length;
		}
		return size + ((event.key() != null) ? event.key().length() : 0);
	}

}
