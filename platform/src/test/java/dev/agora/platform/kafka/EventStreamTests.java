package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.kafka.support.KafkaUtils;

import dev.agora.platform.event.Event;
import dev.agora.platform.kafka.deadletter.DeadLetter;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventStreamTests {

	private static final int MAX_CONCURRENT = 32;

	private final Unavailable unavailable = new Unavailable("The store is unavailable.", Duration.ofSeconds(1));

	private final LimitedProducer letters = new LimitedProducer();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final EventStream stream = new EventStream(new EventPublisher(this.letters, "test-service"),
			JsonMapper.shared(),
			new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.kafka", KafkaSettings.class),
			this.meters);

	private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	private final Queue<String> applied = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void setGroup() {
		KafkaUtils.setConsumerGroupId("test.things");
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void clearGroup() {
		KafkaUtils.clearConsumerGroupId();
		Hooks.resetOnErrorDropped();
	}

	@Test
	void keepsTheOrderOfEachAggregate() {
		handle(IntStream.range(0, 200).mapToObj((i) -> event("key" + i % 7, i)).toList(),
				(thing) -> Mono.<Void>fromRunnable(() -> this.applied.add(thing.id() + " " + thing.version()))
					.subscribeOn(Schedulers.parallel()));
		assertThat(this.applied).hasSize(200);
		for (int i = 0; i < 7; i++) {
			String key = "key" + i;
			assertThat(this.applied.stream()
				.filter((one) -> one.startsWith(key))
				.map((one) -> Integer.valueOf(one.substring(key.length() + 1)))).isSorted().doesNotHaveDuplicates();
		}
	}

	@Test
	void waitsForEventsInFlightWhenAStoreIsUnavailable() {
		CountDownLatch failed = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		Mono<Void> late = Mono
			.create((sink) -> Schedulers.boundedElastic().schedule(() -> failAfter(failed, ended, sink)));
		expectUnavailable(List.of(event("late", 1), event("soon", 1), event("soon", 2)), (thing) -> {
			this.applied.add(thing.id() + " " + thing.version());
			return thing.id().equals("late") ? late
					: Mono.<Void>error(this.unavailable).doOnError((failure) -> failed.countDown());
		});
		assertThat(ended).isTrue();
		assertThat(this.applied).containsExactly("late 1", "soon 1");
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void startsNoMoreEventsWhenAStoreIsUnavailable() {
		Sinks.Empty<Void> store = Sinks.empty();
		AtomicInteger started = new AtomicInteger();
		expectUnavailable(IntStream.range(0, 3 * MAX_CONCURRENT).mapToObj((i) -> event("key" + i, 1)).toList(),
				(thing) -> {
					if (started.incrementAndGet() == MAX_CONCURRENT) {
						Schedulers.boundedElastic().schedule(() -> store.tryEmitError(this.unavailable).orThrow());
					}
					return store.asMono();
				});
		assertThat(started).hasValue(MAX_CONCURRENT);
	}

	@Test
	void sendsAnEventToDeadLettersAfterFourAttempts() {
		handle(List.of(event("good", 1), event("bad", 1), event("bad", 2)), (thing) -> {
			this.applied.add(thing.id() + " " + thing.version());
			return (thing.id().equals("bad") && thing.version() == 1) ? Mono.error(new IllegalStateException("no"))
					: Mono.empty();
		});
		assertThat(this.applied).containsExactly("good 1", "bad 1", "bad 1", "bad 1", "bad 1", "bad 2");
		assertThat(this.letters.history()).singleElement()
			.satisfies((letter) -> assertThat(letter.topic()).isEqualTo("things.test.things.dlt"));
	}

	@ParameterizedTest
	@MethodSource
	void sendsAnUnreadableEventToDeadLettersAtOnce(ConsumerRecord<String, byte[]> unreadable) {
		handle(List.of(unreadable, event("good", 1)),
				(thing) -> Mono.fromRunnable(() -> this.applied.add(thing.id() + " " + thing.version())));
		assertThat(this.applied).containsExactly("good 1");
		assertThat(this.letters.history()).singleElement()
			.satisfies((letter) -> assertThat(letter.value()).isEqualTo(unreadable.value()));
		assertThat(deadLetters()).isEqualTo(1);
	}

	static Stream<ConsumerRecord<String, byte[]>> sendsAnUnreadableEventToDeadLettersAtOnce() {
		return Stream.of(record("key", null, "thing.created", "1"), record(null, "{}", "thing.created", "1"),
				record("key", "{", "thing.created", "1"), record("key", "[]", "thing.created", "1"),
				record("key", "null", "thing.created", "1"), record("key", "{}", "thing.created", "one"),
				record("key", "{}", null, "1"), record("key", "{}", "thing.created", null),
				record(null, null, null, null),
				new ConsumerRecord<>("things", 0, 1, "key", "\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_048_576, 20_000, 5_000, 1_200, 700 })
	void shortensADeadLetterUntilItFits(int limit) {
		this.letters.limit(limit);
		String cause = "no".repeat(5000);
		ConsumerRecord<String, byte[]> large = record("key", "x".repeat(1_048_450), "thing.created", "1");
		large.headers().add("large", new byte[100_000]);
		handle(List.of(large, event("good", 1)), (thing) -> {
			this.applied.add(thing.id());
			return Mono.error(new IllegalStateException(cause));
		});
		assertThat(this.letters.history()).hasSize(2);
		DeadLetter letter = this.letters.letter(0);
		assertThat(letter.shortened()).isTrue();
		assertThat(letter.size()).isEqualTo(1_048_450);
		assertThat(letter.origin()).isEqualTo("things/0/1");
		assertThat(letter.cause()).startsWith("dev.agora.platform.kafka.UnreadableEvent");
		assertThat(letter.data()).startsWith("xxx");
		assertThat(new String(this.letters.history().get(0).value(), StandardCharsets.UTF_8))
			.endsWith(" [shortened from 1048450 bytes]");
		assertThat(deadLetters()).isEqualTo(2);
	}

	@Test
	void skipsAnEventThatNoDeadLetterCanHold() {
		this.letters.limit(1);
		handle(List.of(event("bad", 1), event("bad", 2)), (thing) -> {
			this.applied.add(thing.id() + " " + thing.version());
			return (thing.version() == 1) ? Mono.error(new IllegalStateException("no")) : Mono.empty();
		});
		assertThat(this.applied).contains("bad 2");
		assertThat(deadLetters()).isZero();
		assertThat(this.meters.counter("events.passed.over", "group", "test.things").count()).isEqualTo(1);
	}

	@Test
	void countsNoDeadLetterThatTheBrokerDidNotAccept() {
		this.letters.sendException = new TimeoutException("The broker is unavailable.");
		assertThatExceptionOfType(TimeoutException.class)
			.isThrownBy(() -> handle(List.of(event("bad", 1)), (thing) -> Mono.error(new IllegalStateException("no"))));
		assertThat(deadLetters()).isZero();
	}

	@Test
	void replaysALetterWithTheHeadersOfItsEventForItsGroup() {
		ConsumerRecord<String, byte[]> event = event("bad", 1);
		handle(List.of(event), (thing) -> Mono.error(new IllegalStateException("no")));
		new EventPublisher(this.letters, "test-service").replay(this.letters.received(0), "things", "test.things")
			.block();
		ProducerRecord<String, byte[]> replayed = this.letters.history().get(1);
		assertThat(replayed.topic()).isEqualTo("things");
		Headers expected = new RecordHeaders(event.headers().toArray());
		expected.add(EventHeaders.REPLAY_FOR, "test.things".getBytes(StandardCharsets.UTF_8));
		assertThat(replayed.headers()).containsExactlyInAnyOrder(expected.toArray());
	}

	@Test
	void showsALetterOfAnyContent() {
		assertThat(DeadLetter.of(record(null, null, null, null))).satisfies((letter) -> {
			assertThat(letter.data()).isNull();
			assertThat(letter.key()).isNull();
		});
		byte[] binary = { (byte) 0xc3, 0x28, 0 };
		assertThat(DeadLetter.of(new ConsumerRecord<>("things", 0, 1, "key", binary)).data()).isEqualTo("base64:wygA");
		assertThat(DeadLetter.of(record("key", "x".repeat(1_000_000), null, null)).data()).hasSizeLessThan(5000);
	}

	private double deadLetters() {
		return this.meters.counter("events.dead", "group", "test.things").count();
	}

	/** Fails with the same exception, since either of the two may be recorded first. */
	private void failAfter(CountDownLatch other, AtomicBoolean ended, MonoSink<Void> sink) {
		try {
			other.await();
			ended.set(true);
			sink.error(this.unavailable);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void expectUnavailable(List<ConsumerRecord<String, byte[]>> batch,
			Function<ReceivedEvent<ThingEvent>, Mono<Void>> effect) {
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> handle(batch, effect)).isSameAs(this.unavailable);
	}

	private void handle(List<ConsumerRecord<String, byte[]>> batch,
			Function<ReceivedEvent<ThingEvent>, Mono<Void>> effect) {
		this.stream.inKeyOrder(batch, ThingEvent.class, effect);
	}

	private static ConsumerRecord<String, byte[]> event(String key, int version) {
		return record(key, "{}", "thing.created", Integer.toString(version));
	}

	private static ConsumerRecord<String, byte[]> record(@Nullable String key, @Nullable String value,
			@Nullable String type, @Nullable String version) {
		ConsumerRecord<String, byte[]> event = new ConsumerRecord<>("things", 0, 1, key,
				(value != null) ? value.getBytes(StandardCharsets.UTF_8) : null);
		RecordHeaders headers = new RecordHeaders();
		if (type != null) {
			EventHeaders.put(headers, EventHeaders.TYPE, type);
		}
		if (version != null) {
			EventHeaders.put(headers, EventHeaders.VERSION, version);
		}
		EventHeaders.put(headers, EventHeaders.TIME, Instant.EPOCH.toString());
		headers.forEach(event.headers()::add);
		return event;
	}

	/** Accepts records up to a size, as brokers and clients do. */
	private static final class LimitedProducer extends MockProducer<String, byte[]> {

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
			ConsumerRecord<String, byte[]> received = new ConsumerRecord<>(sent.topic(), 0, at, sent.key(),
					sent.value());
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

	/** The events of an aggregate for these tests. */
	sealed interface ThingEvent extends Event {

		/** The aggregate was created. */
		record Created() implements ThingEvent {
		}

	}

}
