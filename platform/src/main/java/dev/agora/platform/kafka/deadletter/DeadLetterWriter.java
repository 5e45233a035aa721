package dev.agora.platform.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.kafka.RecordKeys;
import dev.agora.platform.web.Trace;

/**
 * Makes a dead letter of a record: whole if it fits, else shortened until it does. How
 * much fits is known to the topic and the brokers alone, so it is tried.
 */
public final class DeadLetterWriter {

	/** What remains of a record at each attempt, in bytes. */
	private static final List<Integer> SIZES = List.of(64 * 1024, 8 * 1024, 1024, 256);

	private static final int LONGEST_CAUSE = 2000;

	/** The headers that a shortened letter keeps. Others may be what is too large. */
	private static final List<String> KEPT = List.of(EventHeaders.ID, EventHeaders.TYPE, EventHeaders.VERSION,
			EventHeaders.TIME, EventHeaders.SOURCE, EventHeaders.SUBJECT, EventHeaders.SPEC_VERSION,
			EventHeaders.CONTENT_TYPE, Trace.PARENT);

	private DeadLetterWriter() {
	}

	/** Whole, with why it died and where it came from. */
	public static ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> event, String group,
			Throwable cause) {
		RecordHeaders headers = new RecordHeaders(event.headers().toArray());
		headers.remove(EventHeaders.REPLAY_FOR);
		headers.remove(EventHeaders.SHORTENED_FROM);
		EventHeaders.put(headers, EventHeaders.CAUSE, cut(KafkaFailures.describe(cause), LONGEST_CAUSE));
		EventHeaders.put(headers, EventHeaders.ORIGIN, event.topic() + "/" + event.partition() + "/" + event.offset());
		return new ProducerRecord<>(event.topic() + "." + group + ".dlt", null, event.key(), event.value(), headers);
	}

	/**
	 * Sends a letter, and shorter ones while it is refused for its size or its contents.
	 * @param sender sends a record; fails if it is not taken
	 */
	public static Mono<Void> send(ProducerRecord<String, byte[]> letter, Sender sender) {
		Mono<Void> sent = sender.send(letter);
		for (int size : SIZES) {
			sent = sent.onErrorResume(DeadLetterWriter::isRefused, (refused) -> sender.send(shortened(letter, size)));
		}
		return sent;
	}

	private static boolean isRefused(Throwable failure) {
		return KafkaFailures.kind(failure) == KafkaFailures.Kind.OF_RECORD;
	}

	private static ProducerRecord<String, byte[]> shortened(ProducerRecord<String, byte[]> letter, int size) {
		byte[] value = letter.value();
		int length = (value != null) ? value.length : 0;
		RecordHeaders headers = new RecordHeaders();
		KEPT.forEach((name) -> copy(letter, name, headers, size / 32));
		copy(letter, EventHeaders.CAUSE, headers, size / 4);
		copy(letter, EventHeaders.ORIGIN, headers, 512);
		copy(letter, RecordKeys.RAW_KEY, headers, size / 16);
		EventHeaders.put(headers, EventHeaders.SHORTENED_FROM, String.valueOf(length));
		return new ProducerRecord<>(letter.topic(), null, (letter.key() != null) ? cut(letter.key(), size / 16) : null,
				beginning(value, size / 2), headers);
	}

	private static void copy(ProducerRecord<String, byte[]> letter, String name, RecordHeaders headers, int longest) {
		Header header = letter.headers().lastHeader(name);
		if (header != null && header.value() != null) {
			byte[] value = header.value();
			headers.add(name, Arrays.copyOf(value, Math.min(value.length, longest)));
		}
	}

	/** With a mark, so that nobody takes it for the whole. */
	private static byte @Nullable [] beginning(byte @Nullable [] value, int longest) {
		if (value == null || value.length <= longest) {
			return value;
		}
		byte[] mark = (" [shortened from " + value.length + " bytes]").getBytes(StandardCharsets.UTF_8);
		byte[] beginning = Arrays.copyOf(value, longest + mark.length);
		System.arraycopy(mark, 0, beginning, longest, mark.length);
		return beginning;
	}

	private static String cut(String text, int longest) {
		return text.substring(0, Math.min(text.length(), longest));
	}

	/** Sends a record. */
	@FunctionalInterface
	public interface Sender {

		Mono<Void> send(ProducerRecord<String, byte[]> event);

	}

}
