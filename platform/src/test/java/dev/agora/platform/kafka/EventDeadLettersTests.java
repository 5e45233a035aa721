package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import dev.agora.platform.kafka.deadletter.DeadLetter;
import dev.agora.platform.tracing.Tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Sends events that cannot be applied to dead letters. */
class EventDeadLettersTests {

	private final TestEventStream events = new TestEventStream();

	private final Queue<String> applied = new ConcurrentLinkedQueue<>();

	@AfterEach
	void close() {
		this.events.close();
	}

	@Test
	void sendsAnEventToDeadLettersAfterFourAttempts() {
		this.events.handle(List.of(TestEventStream.event("good", 1), TestEventStream.event("bad", 1),
				TestEventStream.event("bad", 2)), (thing) -> {
					this.applied.add(thing.id() + " " + thing.version());
					return (thing.id().equals("bad") && thing.version() == 1)
							? Mono.error(new IllegalStateException("no")) : Mono.empty();
				});
		assertThat(this.applied).containsExactly("good 1", "bad 1", "bad 1", "bad 1", "bad 1", "bad 2");
		assertThat(this.events.letters.history()).singleElement()
			.satisfies((letter) -> assertThat(letter.topic()).isEqualTo("things.test.things.dlt"));
	}

	@ParameterizedTest
	@MethodSource
	void sendsAnUnreadableEventToDeadLettersAtOnce(ConsumerRecord<String, byte[]> unreadable) {
		this.events.handle(List.of(unreadable, TestEventStream.event("good", 1)),
				(thing) -> Mono.fromRunnable(() -> this.applied.add(thing.id() + " " + thing.version())));
		assertThat(this.applied).containsExactly("good 1");
		assertThat(this.events.letters.history()).singleElement()
			.satisfies((letter) -> assertThat(letter.value()).isEqualTo(unreadable.value()));
		assertThat(this.events.deadLetters()).isEqualTo(1);
	}

	static Stream<ConsumerRecord<String, byte[]>> sendsAnUnreadableEventToDeadLettersAtOnce() {
		return Stream.of(TestEventStream.record("key", null, "thing.created", "1"),
				TestEventStream.record(null, "{}", "thing.created", "1"),
				TestEventStream.record("key", "{", "thing.created", "1"),
				TestEventStream.record("key", "[]", "thing.created", "1"),
				TestEventStream.record("key", "null", "thing.created", "1"),
				TestEventStream.record("key", "{}", "thing.created", "one"),
				TestEventStream.record("key", "{}", null, "1"),
				TestEventStream.record("key", "{}", "thing.created", null),
				TestEventStream.record(null, null, null, null),
				new ConsumerRecord<>("things", 0, 1, "key", "\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_048_576, 20_000, 5_000, 1_200, 700 })
	void shortensADeadLetterUntilItFits(int limit) {
		this.events.letters.limit(limit);
		String cause = "no".repeat(5000);
		ConsumerRecord<String, byte[]> large = TestEventStream.record("key", "x".repeat(1_048_450), "thing.created",
				"1");
		large.headers().add("large", new byte[100_000]);
		this.events.handle(List.of(large, TestEventStream.event("good", 1)), (thing) -> {
			this.applied.add(thing.id());
			return Mono.error(new IllegalStateException(cause));
		});
		assertThat(this.events.letters.history()).hasSize(2);
		DeadLetter letter = this.events.letters.letter(0);
		assertThat(letter.shortened()).isTrue();
		assertThat(letter.size()).isEqualTo(1_048_450);
		assertThat(letter.origin()).isEqualTo("things/0/1");
		assertThat(letter.cause()).startsWith("dev.agora.platform.kafka.UnreadableEvent");
		assertThat(letter.data()).startsWith("xxx");
		assertThat(new String(this.events.letters.history().get(0).value(), StandardCharsets.UTF_8))
			.endsWith(" [shortened from 1048450 bytes]");
		assertThat(this.events.deadLetters()).isEqualTo(2);
	}

	@Test
	void skipsAnEventThatNoDeadLetterCanHold() {
		this.events.letters.limit(1);
		this.events.handle(List.of(TestEventStream.event("bad", 1), TestEventStream.event("bad", 2)), (thing) -> {
			this.applied.add(thing.id() + " " + thing.version());
			return (thing.version() == 1) ? Mono.error(new IllegalStateException("no")) : Mono.empty();
		});
		assertThat(this.applied).contains("bad 2");
		assertThat(this.events.deadLetters()).isZero();
		assertThat(this.events.meters.counter("events.passed.over", "group", "test.things").count()).isEqualTo(1);
	}

	@Test
	void countsNoDeadLetterThatTheBrokerDidNotAccept() {
		this.events.letters.sendException = new TimeoutException("The broker is unavailable.");
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> this.events
			.handle(List.of(TestEventStream.event("bad", 1)), (thing) -> Mono.error(new IllegalStateException("no"))));
		assertThat(this.events.deadLetters()).isZero();
	}

	@Test
	void replaysALetterWithTheHeadersOfItsEventForItsGroup() {
		ConsumerRecord<String, byte[]> event = TestEventStream.event("bad", 1);
		this.events.handle(List.of(event), (thing) -> Mono.error(new IllegalStateException("no")));
		new EventPublisher(this.events.letters, "test-service", Tracing.disabled())
			.replay(this.events.letters.received(0), "things", "test.things")
			.block();
		ProducerRecord<String, byte[]> replayed = this.events.letters.history().get(1);
		assertThat(replayed.topic()).isEqualTo("things");
		Headers expected = new RecordHeaders(event.headers().toArray());
		expected.add(EventHeaders.REPLAY_FOR, "test.things".getBytes(StandardCharsets.UTF_8));
		assertThat(replayed.headers()).containsExactlyInAnyOrder(expected.toArray());
	}

	@Test
	void showsALetterOfAnyContent() {
		assertThat(DeadLetter.of(TestEventStream.record(null, null, null, null))).satisfies((letter) -> {
			assertThat(letter.data()).isNull();
			assertThat(letter.key()).isNull();
		});
		byte[] binary = { (byte) 0xc3, 0x28, 0 };
		assertThat(DeadLetter.of(new ConsumerRecord<>("things", 0, 1, "key", binary)).data()).isEqualTo("base64:wygA");
		assertThat(DeadLetter.of(TestEventStream.record("key", "x".repeat(1_000_000), null, null)).data())
			.hasSizeLessThan(5000);
	}

}
