package dev.agora.platform.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventStreamTests {

	private static final int AT_ONCE = 32;

	private final Unavailable away = new Unavailable("The store is away.", Duration.ofSeconds(1));

	private final MockProducer<String, byte[]> letters = new MockProducer<>(true, null, new StringSerializer(),
			new ByteArraySerializer());

	private final EventStream stream = new EventStream(new EventPublisher(this.letters, "test-service"),
			JsonMapper.shared(),
			new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.kafka", KafkaSettings.class),
			new SimpleMeterRegistry());

	private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	private final Queue<String> applied = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void listen() {
		KafkaUtils.setConsumerGroupId("test.things");
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void leave() {
		KafkaUtils.clearConsumerGroupId();
		Hooks.resetOnErrorDropped();
	}

	@Test
	void keepsTheOrderWithinAKey() {
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
	void waitsForWhatIsUnderWayWhenAStoreIsAway() {
		CountDownLatch failed = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		Mono<Void> late = Mono.create((sink) -> Schedulers.boundedElastic().schedule(() -> {
			failAfter(failed, sink);
			ended.set(true);
		}));
		assertIsAway(List.of(event("late", 1), event("soon", 1), event("soon", 2)), (thing) -> {
			this.applied.add(thing.id() + " " + thing.version());
			return thing.id().equals("late") ? late
					: Mono.<Void>error(this.away).doOnError((failure) -> failed.countDown());
		});
		assertThat(ended).isTrue();
		assertThat(this.applied).containsExactly("late 1", "soon 1");
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void beginsNothingMoreWhenAStoreIsAway() {
		Sinks.Empty<Void> store = Sinks.empty();
		AtomicInteger begun = new AtomicInteger();
		assertIsAway(IntStream.range(0, 3 * AT_ONCE).mapToObj((i) -> event("key" + i, 1)).toList(), (thing) -> {
			if (begun.incrementAndGet() == AT_ONCE) {
				Schedulers.boundedElastic().schedule(() -> store.tryEmitError(this.away).orThrow());
			}
			return store.asMono();
		});
		assertThat(begun).hasValue(AT_ONCE);
	}

	@Test
	void putsAsideWhatFailsByItself() {
		handle(List.of(event("good", 1), event("bad", 1), event("bad", 2)), (thing) -> {
			this.applied.add(thing.id() + " " + thing.version());
			return (thing.id().equals("bad") && thing.version() == 1) ? Mono.error(new IllegalStateException("no"))
					: Mono.empty();
		});
		assertThat(this.applied).containsExactly("good 1", "bad 1", "bad 1", "bad 1", "bad 1", "bad 2");
		assertThat(this.letters.history()).singleElement()
			.satisfies((letter) -> assertThat(letter.topic()).isEqualTo("things.test.things.dlt"));
	}

	private static void failAfter(CountDownLatch other, MonoSink<Void> sink) {
		try {
			other.await();
			sink.error(new Unavailable("It is still away.", Duration.ofSeconds(1)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void assertIsAway(List<ConsumerRecord<String, byte[]>> batch,
			Function<Received<ThingEvent>, Mono<Void>> effect) {
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> handle(batch, effect)).isSameAs(this.away);
	}

	private void handle(List<ConsumerRecord<String, byte[]>> batch, Function<Received<ThingEvent>, Mono<Void>> effect) {
		this.stream.inKeyOrder(batch, ThingEvent.class, effect);
	}

	private static ConsumerRecord<String, byte[]> event(String key, int version) {
		ConsumerRecord<String, byte[]> event = new ConsumerRecord<>("things", 0, version, key,
				"{}".getBytes(StandardCharsets.UTF_8));
		RecordHeaders headers = new RecordHeaders();
		Headers.put(headers, Headers.TYPE, "thing.made");
		Headers.put(headers, Headers.VERSION, Integer.toString(version));
		Headers.put(headers, Headers.TIME, Instant.EPOCH.toString());
		headers.forEach(event.headers()::add);
		return event;
	}

	/** The events of what exists for these tests. */
	sealed interface ThingEvent extends Event {

		/** It was made. */
		record Made() implements ThingEvent {
		}

	}

}
