package dev.agora.platform.stream;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event that a listener could not apply, as an operator sees it.
 *
 * @param topic the dead-letter topic
 * @param partition its partition there
 * @param offset its offset there
 * @param key the aggregate's id
 * @param type the event's type
 * @param id the event's id
 * @param origin topic, partition and offset where it came from
 * @param cause why it failed
 * @param data the event as JSON
 */
public record DeadLetter(String topic, int partition, long offset, String key, @Nullable String type,
		@Nullable String id, @Nullable String origin, @Nullable String cause, String data) {

	static DeadLetter of(ConsumerRecord<String, byte[]> letter) {
		return new DeadLetter(letter.topic(), letter.partition(), letter.offset(), String.valueOf(letter.key()),
				Headers.get(letter.headers(), Headers.TYPE), Headers.get(letter.headers(), Headers.ID),
				Headers.get(letter.headers(), Headers.ORIGIN), Headers.get(letter.headers(), Headers.CAUSE),
				new String(letter.value(), StandardCharsets.UTF_8));
	}

}
