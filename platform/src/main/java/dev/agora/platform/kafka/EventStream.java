package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.kafka.support.KafkaUtils;

import dev.agora.platform.event.Event;
import dev.agora.platform.kafka.KafkaFailures.Kind;
import dev.agora.platform.kafka.deadletter.DeadLetterSender;
import dev.agora.platform.kafka.progress.GroupMeters;
import dev.agora.platform.kafka.tracing.ConsumerSpans;
import dev.agora.platform.kafka.watermark.WatermarkRecords;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.watermark.Watermark;

/**
 * Applies the events of a batch: those of one aggregate in order, different aggregates
 * concurrently. It blocks Kafka's own thread until the batch is done, which keeps the
 * order and the back-pressure. An event that cannot be applied becomes a dead letter. If
 * a store is unavailable, the batch is repeated until it is available.
 * {@link KafkaFailures} distinguishes the two cases.
 */
public final class EventStream {

	private static final Logger log = LoggerFactory.getLogger(EventStream.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final int MAX_CONCURRENT_AGGREGATES = 32;

	private final DeadLetterSender deadLetters;

	private final JsonMapper json;

	private final Retry retry;

	private final MeterRegistry meters;

	private final Map<String, GroupMeters> groups = new ConcurrentHashMap<>();

	/** Reading the types of a sealed interface takes longer than reading an event. */
	private final Map<Class<?>, ReceivedEvent.Reader<?>> readers = new ConcurrentHashMap<>();

	private final ConsumerSpans spans;

	private final BiFunction<String, Collection<Watermark>, Mono<Void>> watermarks;

	/**
	 * Creates the stream.
	 * @param watermarks stores the watermarks that a consumer group has reached
	 */
	EventStream(EventPublisher publisher, JsonMapper json, KafkaSettings settings,
			BiFunction<String, Collection<Watermark>, Mono<Void>> watermarks, MeterRegistry meters) {
		this.deadLetters = new DeadLetterSender(publisher, meters);
		this.spans = publisher.consumerSpans();
		this.json = ReceivedEvent.Reader.tolerant(json);
		this.retry = Retry.backoff(settings.maxAttempts() - 1, Duration.ofMillis(50))
			.filter((failure) -> KafkaFailures.kind(failure) == Kind.OF_PROGRAM)
			.onRetryExhaustedThrow((spec, signal) -> signal.failure());
		this.watermarks = watermarks;
		this.meters = meters;
	}

	/**
	 * Applies a batch. Returns when every event is applied or became a dead letter;
	 * throws when a store is unavailable and no event is in flight any more.
	 * @param records the batch, as Kafka passes it to a listener
	 * @param events the sealed interface with the listener's own records of the events
	 * @param effect applies an event; guards itself by version, since an event may be
	 * delivered again
	 * @throws Unavailable if a store is unavailable; the whole batch is delivered again
	 */
	public <E extends Event> void inKeyOrder(List<ConsumerRecord<String, byte[]>> records, Class<E> events,
			Function<ReceivedEvent<E>, Mono<Void>> effect) {
		String group = Objects.requireNonNull(KafkaUtils.getConsumerGroupId(), "not called by a listener");
		ReceivedEvent.Reader<E> reader = readerOf(events);
		AtomicReference<@Nullable Throwable> unavailable = new AtomicReference<>();
		Flux.fromIterable(byKey(records, group))
			.takeWhile((sameKey) -> unavailable.get() == null)
			.flatMap((sameKey) -> Flux.fromIterable(sameKey)
				.concatMap((event) -> handle(event, group, reader, effect))
				.transform(metersOf(group)::inLane)
				.doOnError((failure) -> unavailable.compareAndSet(null, failure))
				.onErrorComplete(), MAX_CONCURRENT_AGGREGATES)
			.blockLast();
		// The first failure: an error signal would have cancelled the other aggregates,
		// although their writes would have continued in the store.
		Throwable failure = unavailable.get();
		if (failure != null) {
			throw repeated(group, failure);
		}
		advance(group, records);
	}

	/**
	 * Stores the last watermark of each partition, once the events before it are applied.
	 */
	private void advance(String group, List<ConsumerRecord<String, byte[]>> records) {
		Collection<Watermark> reached = WatermarkRecords.readLast(records);
		if (!reached.isEmpty()) {
			this.watermarks.apply(group, reached).block();
		}
	}

	/**
	 * Applies the events of a batch together, so that they can share commands. If one of
	 * them cannot be applied, each is applied alone, as {@link #inKeyOrder} does.
	 * @param records the batch, as Kafka passes it to a listener
	 * @param events the sealed interface with the listener's own records of the events
	 * @param effect applies events in any order, also several of one aggregate, guarded
	 * by their versions; it may be repeated after a part of it was done
	 * @throws Unavailable if a store is unavailable; the whole batch is delivered again
	 */
	public <E extends Event> void together(List<ConsumerRecord<String, byte[]>> records, Class<E> events,
			Function<List<ReceivedEvent<E>>, Mono<Void>> effect) {
		if (records.size() == 1 || !applyAll(records, events, effect)) {
			inKeyOrder(records, events, (event) -> effect.apply(List.of(event)));
		}
	}

	/** Returns false if an event cannot be read or applied. */
	private <E extends Event> boolean applyAll(List<ConsumerRecord<String, byte[]>> records, Class<E> events,
			Function<List<ReceivedEvent<E>>, Mono<Void>> effect) {
		String group = Objects.requireNonNull(KafkaUtils.getConsumerGroupId(), "not called by a listener");
		Timer.Sample sample = Timer.start(this.meters);
		try {
			List<ConsumerRecord<String, byte[]>> own = eventsFor(group, records);
			List<ReceivedEvent<E>> received = readAll(own, events);
			if (!received.isEmpty()) {
				metersOf(group)
					.inLane(this.spans.duringBatch(own, group, Mono.defer(() -> effect.apply(received))).flux())
					.blockLast();
			}
			received.forEach((event) -> metersOf(group).recordApplied(sample));
			advance(group, records);
			return true;
		}
		catch (RuntimeException ex) {
			Throwable failure = Exceptions.unwrap(ex);
			if (KafkaFailures.isUnavailable(failure)) {
				throw repeated(group, failure);
			}
			throttle.log(group + " alone", (suppressed) -> log.warn("{} applies events one by one ({} more times): {}",
					group, suppressed, KafkaFailures.describe(failure)));
			return false;
		}
	}

	private <E extends Event> List<ReceivedEvent<E>> readAll(List<ConsumerRecord<String, byte[]>> records,
			Class<E> events) {
		ReceivedEvent.Reader<E> reader = readerOf(events);
		return records.stream().flatMap((event) -> reader.read(event).stream()).toList();
	}

	/** Reports that a batch is repeated, and returns the exception that repeats it. */
	private static RuntimeException repeated(String group, Throwable failure) {
		Throwable cause = KafkaFailures.cause(failure);
		throttle.log(group,
				(suppressed) -> log.warn("{} repeats its batch until the store is available ({} more failures): {}",
						group, suppressed, cause.toString()));
		return Exceptions.propagate(cause);
	}

	private static Collection<List<ConsumerRecord<String, byte[]>>> byKey(List<ConsumerRecord<String, byte[]>> records,
			String group) {
		return eventsFor(group, records).stream()
			.collect(Collectors.groupingBy((event) -> String.valueOf(event.key()), LinkedHashMap::new,
					Collectors.toList()))
			.values();
	}

	private static List<ConsumerRecord<String, byte[]>> eventsFor(String group,
			List<ConsumerRecord<String, byte[]>> records) {
		return records.stream().filter((event) -> isEventFor(group, event)).toList();
	}

	private static boolean isEventFor(String group, ConsumerRecord<String, byte[]> received) {
		String replayFor = EventHeaders.get(received.headers(), EventHeaders.REPLAY_FOR);
		return !WatermarkRecords.isWatermark(received) && (replayFor == null || replayFor.equals(group));
	}

	private <E extends Event> Mono<Void> handle(ConsumerRecord<String, byte[]> event, String group,
			ReceivedEvent.Reader<E> reader, Function<ReceivedEvent<E>, Mono<Void>> effect) {
		Timer.Sample sample = Timer.start(this.meters);
		long startedAt = System.currentTimeMillis();
		Mono<Void> applied = Mono.fromCallable(() -> reader.read(event))
			.flatMap((read) -> Mono.justOrEmpty(read).flatMap(effect))
			.retryWhen(this.retry)
			.doOnSuccess((done) -> metersOf(group).recordApplied(sample));
		return this.spans.within(event, this.spans.during(event, group, applied)
			.onErrorResume((failure) -> !KafkaFailures.isUnavailable(failure), (failure) -> {
				this.spans.recordFailure(event, group, startedAt, failure);
				return this.deadLetters.send(event, group, failure);
			}));
	}

	@SuppressWarnings("unchecked")
	private <E extends Event> ReceivedEvent.Reader<E> readerOf(Class<E> events) {
		return (ReceivedEvent.Reader<E>) this.readers.computeIfAbsent(events,
				(missing) -> ReceivedEvent.Reader.of(events, this.json));
	}

	private GroupMeters metersOf(String group) {
		return this.groups.computeIfAbsent(group,
				(added) -> new GroupMeters(added, MAX_CONCURRENT_AGGREGATES, this.meters));
	}

}
