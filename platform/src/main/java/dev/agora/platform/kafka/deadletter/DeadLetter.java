package dev.agora.platform.kafka.deadletter;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.support.KafkaHeaders;

import dev.agora.platform.kafka.EventHeaders;

/**
 * An event that a listener could not apply, as it is shown to an operator. Any record can
 * be shown, even one that cannot be parsed.
 *
 * @param topic the dead-letter topic
 * @param partition the partition of the letter
 * @param offset the offset of the letter
 * @param key the id of the aggregate
 * @param type the type of the event
 * @param id the id of the event
 * @param origin the topic, partition and offset of the event, as in {@code topic/0/12}
 * @param cause the failure in one line
 * @param size the length of the event's data in bytes, before it was shortened to fit
 * @param shortened whether the letter holds only the beginning of the data and therefore
 * cannot be replayed
 * @param data the event as JSON, only the beginning if it is long; bytes that are no text
 * as Base64 after {@code base64:}; null if the record has no value
 */
public record DeadLetter(String topic, int partition, long offset, @Nullable String key, @Nullable String type,
		@Nullable String id, @Nullable String origin, @Nullable String cause, long size, boolean shortened,
		@Nullable String data) {

	/** Many letters are listed at a time, so each shows only this much of its data. */
	private static final int MAX_SHOWN = 4096;

	/** Reads a letter. */
	public static DeadLetter of(ConsumerRecord<String, byte[]> letter) {
		String shortenedFrom = EventHeaders.get(letter.headers(), EventHeaders.SHORTENED_FROM);
		byte[] value = letter.value();
		long size = (value != null) ? value.length : 0;
		return new DeadLetter(letter.topic(), letter.partition(), letter.offset(), letter.key(),
				EventHeaders.get(letter.headers(), EventHeaders.TYPE),
				EventHeaders.get(letter.headers(), EventHeaders.ID), origin(letter.headers()),
				EventHeaders.get(letter.headers(), EventHeaders.CAUSE), number(shortenedFrom, size),
				shortenedFrom != null, (value != null) ? shown(value) : null);
	}

	/** Returns the topic, partition and offset of the letter. */
	String position() {
		return this.topic + "-" + this.partition + "@" + this.offset;
	}

	private static @Nullable String origin(Headers headers) {
		String topic = EventHeaders.get(headers, KafkaHeaders.DLT_ORIGINAL_TOPIC);
		return (topic == null) ? null : topic + "/" + number(headers.lastHeader(KafkaHeaders.DLT_ORIGINAL_PARTITION))
				+ "/" + number(headers.lastHeader(KafkaHeaders.DLT_ORIGINAL_OFFSET));
	}

	/** Reads a number in the form in which Spring Kafka writes it, big-endian. */
	private static String number(@Nullable Header header) {
		byte[] value = (header != null) ? header.value() : null;
		return (value != null && value.length > 0 && value.length <= Long.BYTES) ? new BigInteger(value).toString()
				: "unknown";
	}

	private static long number(@Nullable String text, long otherwise) {
		try {
			return (text != null) ? Long.parseLong(text) : otherwise;
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	private static String shown(byte[] value) {
		try {
			return beginning(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
		}
		catch (CharacterCodingException ex) {
			return beginning("base64:" + Base64.getEncoder().encodeToString(value));
		}
	}

	private static String beginning(String text) {
		return (text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "…" : text;
	}

}
