package dev.agora.platform.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.listener.DeadLetterRecordManager;
import org.springframework.kafka.support.KafkaHeaders;

import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.kafka.RecordKeys;
import dev.agora.platform.tracing.Trace;

/**
 * Writes dead letters with Spring Kafka's standard headers. A letter that does not fit is
 * shortened and sent again, since the limit is set at the topic and the brokers.
 */
public final class DeadLetterWriter {

	/** The prefix of Spring Kafka's headers of dead letters. */
	public static final String STANDARD_HEADERS = "kafka_dlt-";

	/** The sizes to which a letter is shortened, in bytes, one after the other. */
	private static final List<Integer> SIZES = List.of(64 * 1024, 8 * 1024, 1024, 256);

	private static final int MAX_DESCRIPTION = 2000;

	private static final int MAX_TOPIC_NAME = 249;

	/**
	 * The headers of the event that a shortened letter keeps; others may be too large.
	 */
	private static final List<String> EVENT_HEADERS = List.of(EventHeaders.ID, EventHeaders.TYPE, EventHeaders.VERSION,
			EventHeaders.TIME, EventHeaders.SOURCE, EventHeaders.SUBJECT, EventHeaders.SPEC_VERSION,
			EventHeaders.CONTENT_TYPE, Trace.PARENT);

	/** The headers of the letter that a shortened letter keeps, each with its limit. */
	private static final Map<String, Integer> ORIGIN_HEADERS = Map.of(KafkaHeaders.DLT_ORIGINAL_TOPIC, MAX_TOPIC_NAME,
			KafkaHeaders.DLT_ORIGINAL_PARTITION, Integer.BYTES, KafkaHeaders.DLT_ORIGINAL_OFFSET, Long.BYTES,
			KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, Long.BYTES);

	private static final DeadLetterRecordManager HEADERS = new DeadLetterRecordManager();

	static {
		// The cause header names the frame that matters, and the exceptions of listeners
		// are not wrapped in others here.
		HEADERS.removeHeaderToAdd(HeadersToAdd.EX_STACKTRACE);
		HEADERS.removeHeaderToAdd(HeadersToAdd.EX_CAUSE);
	}

	private DeadLetterWriter() {
	}

	/** Creates the whole letter of an event that a consumer group could not apply. */
	public static ProducerRecord<String, byte[]> create(ConsumerRecord<String, byte[]> event, String group,
			Throwable cause) {
		RecordHeaders headers = new RecordHeaders(event.headers().toArray());
		headers.remove(EventHeaders.REPLAY_FOR);
		headers.remove(EventHeaders.SHORTENED_FROM);
		removeStandardHeaders(headers);
		Exception exception = (cause instanceof Exception known) ? known : new IllegalStateException(cause);
		HEADERS.addAndEnhanceHeaders(event, exception, null, null, headers);
		EventHeaders.put(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, group);
		EventHeaders.put(headers, EventHeaders.CAUSE, KafkaFailures.describe(cause));
		shorten(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE, MAX_DESCRIPTION);
		shorten(headers, EventHeaders.CAUSE, MAX_DESCRIPTION);
		return new ProducerRecord<>(new DeadLetterTopic(event.topic(), group).name(), null, event.key(), event.value(),
				headers);
	}

	/** Removes the standard headers of an earlier dead letter. */
	public static void removeStandardHeaders(RecordHeaders headers) {
		for (Header header : headers.toArray()) {
			if (header.key().startsWith(STANDARD_HEADERS)) {
				headers.remove(header.key());
			}
		}
	}

	/**
	 * Sends a letter. While it is refused for its size or its content, a shorter one is
	 * sent.
	 * @param sender sends a record; fails if the record is refused
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
		EVENT_HEADERS.forEach((name) -> copy(letter, name, headers, size / 32));
		ORIGIN_HEADERS.forEach((name, limit) -> copy(letter, name, headers, limit));
		copy(letter, KafkaHeaders.DLT_EXCEPTION_FQCN, headers, size / 4);
		copy(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE, headers, size / 8);
		copy(letter, EventHeaders.CAUSE, headers, size / 4);
		copy(letter, RecordKeys.RAW_KEY, headers, size / 16);
		EventHeaders.put(headers, EventHeaders.SHORTENED_FROM, String.valueOf(length));
		return new ProducerRecord<>(letter.topic(), null,
				(letter.key() != null) ? beginning(letter.key(), size / 16) : null, beginning(value, size / 2),
				headers);
	}

	private static void copy(ProducerRecord<String, byte[]> letter, String name, RecordHeaders headers, int limit) {
		Header header = letter.headers().lastHeader(name);
		if (header != null && header.value() != null) {
			headers.add(name, beginningOf(header.value(), limit));
		}
	}

	private static void shorten(RecordHeaders headers, String name, int limit) {
		Header header = headers.lastHeader(name);
		if (header != null && header.value() != null) {
			headers.remove(name).add(name, beginningOf(header.value(), limit));
		}
	}

	private static byte[] beginningOf(byte[] value, int limit) {
		return Arrays.copyOf(value, Math.min(value.length, limit));
	}

	private static String beginning(String text, int limit) {
		return text.substring(0, Math.min(text.length(), limit));
	}

	/** Cuts a value and adds a mark, so that no reader takes it for the whole value. */
	private static byte @Nullable [] beginning(byte @Nullable [] value, int limit) {
		if (value == null || value.length <= limit) {
			return value;
		}
		byte[] mark = (" [shortened from " + value.length + " bytes]").getBytes(StandardCharsets.UTF_8);
		byte[] beginning = Arrays.copyOf(value, limit + mark.length);
		System.arraycopy(mark, 0, beginning, limit, mark.length);
		return beginning;
	}

	/** Sends a record. */
	@FunctionalInterface
	public interface Sender {

		Mono<Void> send(ProducerRecord<String, byte[]> event);

	}

}
