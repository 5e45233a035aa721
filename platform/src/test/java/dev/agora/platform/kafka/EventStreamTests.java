package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.watermark.Watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Applies batches of events in the order of their aggregates. */
class EventStreamTests {

	private static final int MAX_CONCURRENT = 32;

	private final Unavailable unavailable = new Unavailable("The store is unavailable.", Duration.ofSeconds(1));

	private final TestEventStream events = new TestEventStream();

	private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	private final Queue<String> applied = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void collectDropped() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void close() {
		this.events.close();
		Hooks.resetOnErrorDropped();
	}

	@Test
	void keepsTheOrderOfEachAggregate() {
		this.events.handle(IntStream.range(0, 200).mapToObj((i) -> TestEventStream.event("key" + i % 7, i)).toList(),
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
		expectUnavailable(List.of(TestEventStream.event("late", 1), TestEventStream.event("soon", 1),
				TestEventStream.event("soon", 2)), (thing) -> {
					this.applied.add(thing.id() + " " + thing.version());
					return thing.id().equals("late") ? late
							: Mono.<Void>error(this.unavailable).doOnError((failure) -> failed.countDown());
				});
		assertThat(ended).isTrue();
		assertThat(this.applied).containsExactly("late 1", "soon 1");
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void storesWatermarksAfterTheEventsBeforeThem() {
		this.events.handle(
				List.of(TestEventStream.event("a", 1), TestEventStream.watermark(100), TestEventStream.event("a", 2),
						TestEventStream.watermark(200)),
				(thing) -> Mono.fromRunnable(() -> this.applied.add(thing.version() + " " + this.events.reached)));
		assertThat(this.applied).containsExactly("1 []", "2 []");
		assertThat(this.events.reached).containsExactly(new Watermark("things", 0, 6, 200));
		assertThat(this.events.deadLetters()).isZero();
	}

	@Test
	void storesNoWatermarkOfABatchThatIsRepeated() {
		expectUnavailable(List.of(TestEventStream.event("a", 1), TestEventStream.watermark(100)),
				(thing) -> Mono.error(this.unavailable));
		assertThat(this.events.reached).isEmpty();
	}

	@Test
	void startsNoMoreEventsWhenAStoreIsUnavailable() {
		Sinks.Empty<Void> store = Sinks.empty();
		AtomicInteger started = new AtomicInteger();
		expectUnavailable(
				IntStream.range(0, 3 * MAX_CONCURRENT).mapToObj((i) -> TestEventStream.event("key" + i, 1)).toList(),
				(thing) -> {
					if (started.incrementAndGet() == MAX_CONCURRENT) {
						Schedulers.boundedElastic().schedule(() -> store.tryEmitError(this.unavailable).orThrow());
					}
					return store.asMono();
				});
		assertThat(started).hasValue(MAX_CONCURRENT);
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
			Function<ReceivedEvent<TestEventStream.ThingEvent>, Mono<Void>> effect) {
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> this.events.handle(batch, effect))
			.isSameAs(this.unavailable);
	}

}
