package dev.agora.platform.kafka.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.kafka.support.KafkaHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterWriterTests {

	private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void hasTheStandardHeadersOfSpringKafka() {
		ProducerRecord<String, byte[]> letter = DeadLetterWriter.create(event("things.v1", "{}"), "test.things",
				new IllegalStateException("No"));
		expectOrigin(letter, "things.v1");
		assertThat(text(letter, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP_TYPE)).isEqualTo("CreateTime");
		assertThat(text(letter, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP)).isEqualTo("test.things");
		assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_FQCN)).isEqualTo("java.lang.IllegalStateException");
		assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE)).isEqualTo("No");
	}

	@Test
	void hasTheStandardHeadersOfTheLatestFailureAlone() {
		ConsumerRecord<String, byte[]> event = event("things.v1", "{}");
		event.headers().add(KafkaHeaders.DLT_ORIGINAL_TOPIC, bytes("another"));
		event.headers().add(KafkaHeaders.DLT_EXCEPTION_MESSAGE, bytes("another"));
		ProducerRecord<String, byte[]> letter = DeadLetterWriter.create(event, "test.things", new Error());
		assertThat(letter.headers().headers(KafkaHeaders.DLT_ORIGINAL_TOPIC)).hasSize(1);
		expectOrigin(letter, "things.v1");
	}

	@Test
	void keepsAMessageWithinItsLimit() {
		ProducerRecord<String, byte[]> letter = DeadLetterWriter.create(event("things.v1", "{}"), "test.things",
				new IllegalStateException("x".repeat(1_000_000)));
		assertThat(letter.headers()).allSatisfy((header) -> assertThat(header.value()).hasSizeLessThanOrEqualTo(2000));
	}

	@Test
	void keepsTheStandardHeadersInASmallLetter() {
		String topic = "t".repeat(249);
		ProducerRecord<String, byte[]> letter = DeadLetterWriter.create(event(topic, "x".repeat(100_000)),
				"test.things", new IllegalStateException("No"));
		ProducerRecord<String, byte[]> sent = send(letter, 1024);
		expectOrigin(sent, topic);
		assertThat(text(sent, KafkaHeaders.DLT_EXCEPTION_FQCN)).isEqualTo("java.lang.IllegalStateException");
		assertThat(text(sent, KafkaHeaders.DLT_EXCEPTION_MESSAGE)).contains("No");
	}

	@Test
	void showsTheOriginOfAnyLetter() {
		assertThat(DeadLetter.of(event("things", "{}")).origin()).isNull();
		ConsumerRecord<String, byte[]> forged = event("things", "{}");
		forged.headers().add(KafkaHeaders.DLT_ORIGINAL_TOPIC, bytes("things.v1"));
		forged.headers().add(KafkaHeaders.DLT_ORIGINAL_OFFSET, bytes("not a number"));
		assertThat(DeadLetter.of(forged).origin()).isEqualTo("things.v1/unknown/unknown");
	}

	private static void expectOrigin(ProducerRecord<String, byte[]> letter, String topic) {
		assertThat(text(letter, KafkaHeaders.DLT_ORIGINAL_TOPIC)).isEqualTo(topic);
		assertThat(buffer(letter, KafkaHeaders.DLT_ORIGINAL_PARTITION).getInt()).isEqualTo(3);
		assertThat(buffer(letter, KafkaHeaders.DLT_ORIGINAL_OFFSET).getLong()).isEqualTo(42);
		assertThat(buffer(letter, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP).getLong()).isEqualTo(TIME.toEpochMilli());
	}

	/**
	 * Sends a letter to brokers with a limit, and returns the record that they accept.
	 */
	private static ProducerRecord<String, byte[]> send(ProducerRecord<String, byte[]> letter, int limit) {
		AtomicReference<ProducerRecord<String, byte[]>> accepted = new AtomicReference<>(letter);
		DeadLetterWriter.send(letter, (record) -> {
			accepted.set(record);
			return (size(record) > limit) ? Mono.error(new RecordTooLargeException()) : Mono.empty();
		}).block();
		return accepted.get();
	}

	private static int size(ProducerRecord<String, byte[]> record) {
		int size = record.key().length() + record.value().length;
		for (Header header : record.headers()) {
			size += header.key().length() + header.value().length;
		}
		return size;
	}

	private static ConsumerRecord<String, byte[]> event(String topic, String value) {
		return new ConsumerRecord<>(topic, 3, 42, TIME.toEpochMilli(), TimestampType.CREATE_TIME, 3, value.length(),
				"key", bytes(value), new RecordHeaders(), Optional.empty());
	}

	private static String text(ProducerRecord<String, byte[]> letter, String header) {
		return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
	}

	private static ByteBuffer buffer(ProducerRecord<String, byte[]> letter, String header) {
		return ByteBuffer.wrap(letter.headers().lastHeader(header).value());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
