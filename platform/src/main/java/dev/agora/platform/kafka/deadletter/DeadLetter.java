package dev.agora.platform.kafka.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.kafka.EventHeaders;

/**
 * An event that a listener could not apply, as an operator sees it. Whatever the record
 * is, it can be shown.
 *
 * @param topic the dead-letter topic
 * @param partition its partition there
 * @param offset its offset there
 * @param key the aggregate's id
 * @param type the event's type
 * @param id the event's id
 * @param origin topic, partition and offset where it came from
 * @param cause why it failed
 * @param size the length of the event's data in bytes, before it was shortened to fit
 * @param shortened whether the letter holds only the beginning of the data; it cannot be
 * replayed then
 * @param data the event as JSON, the beginning of it if it is long; other bytes as Base64
 * behind {@code base64:}; null if the record has no value
 */
public record DeadLetter(String topic, int partition, long offset, @Nullable String key, @Nullable String type,
		@Nullable String id, @Nullable String origin, @Nullable String cause, long size, boolean shortened,
		@Nullable String data) {

	/** More of it helps nobody on a screen, and many letters are listed at a time. */
	private static final int SHOWN = 4096;

	public static DeadLetter of(ConsumerRecord<String, byte[]> letter) {
		String shortenedFrom = EventHeaders.get(letter.headers(), EventHeaders.SHORTENED_FROM);
		byte[] value = letter.value();
		long size = (value != null) ? value.length : 0;
		return new DeadLetter(letter.topic(), letter.partition(), letter.offset(), letter.key(),
				EventHeaders.get(letter.headers(), EventHeaders.TYPE),
				EventHeaders.get(letter.headers(), EventHeaders.ID),
				EventHeaders.get(letter.headers(), EventHeaders.ORIGIN),
				EventHeaders.get(letter.headers(), EventHeaders.CAUSE), number(shortenedFrom, size),
				shortenedFrom != null, (value != null) ? shown(value) : null);
	}

	/** Where the letter stands. */
	String place() {
		return this.topic + "-" + this.partition + "@" + this.offset;
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
		return (text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text;
	}

}
