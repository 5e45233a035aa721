package dev.agora.platform.kafka;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.kafka.support.KafkaUtils;

import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.kafka.KafkaFailures.Kind;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Trace;

/**
 * Applies a batch of events: those of one aggregate in order, those of different ones
 * side by side, and waits on Kafka's own thread, which keeps order and back-pressure. An
 * event that cannot be applied is put aside, after a few attempts where another may help;
 * a store that is unavailable is waited for: see {@link KafkaFailures}.
 */
public final class EventStream {

	private static final Logger log = LoggerFactory.getLogger(EventStream.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final int AGGREGATES_AT_ONCE = 32;

	private final EventPublisher publisher;

	private final JsonMapper json;

	private final Retry attempts;

	private final MeterRegistry meters;

	EventStream(EventPublisher publisher, JsonMapper json, KafkaSettings settings, MeterRegistry meters) {
		this.publisher = publisher;
		// A reader takes what it knows: producers may add fields.
		this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		this.attempts = Retry.backoff(settings.attempts() - 1, Duration.ofMillis(50))
			.filter((failure) -> KafkaFailures.kind(failure) == Kind.OF_PROGRAM)
			.onRetryExhaustedThrow((spec, signal) -> signal.failure());
		this.meters = meters;
	}

	/**
	 * Applies a batch and returns when all of it is done, or when a store is away and
	 * nothing of it is under way any more.
	 * @param records the batch, as Kafka hands it to a listener
	 * @param events the sealed interface with the listener's own records of the events
	 * @param effect what an event does; guarded by version, since it may come again
	 * @throws Unavailable if a store is away; the whole batch comes again
	 */
	public <E extends Event> void inKeyOrder(List<ConsumerRecord<String, byte[]>> records, Class<E> events,
			Function<ReceivedEvent<E>, Mono<Void>> effect) {
		String group = Objects.requireNonNull(KafkaUtils.getConsumerGroupId(), "called outside a listener");
		Reader<E> reader = new Reader<>(EventTypes.of(events), this.json);
		AtomicReference<@Nullable Throwable> away = new AtomicReference<>();
		Flux.fromIterable(byKey(records, group))
			.takeWhile((sameKey) -> away.get() == null)
			.flatMap((sameKey) -> Flux.fromIterable(sameKey)
				.concatMap((one) -> handle(one, group, reader, effect))
				.onErrorResume((failure) -> note(failure, away)), AGGREGATES_AT_ONCE)
			.blockLast();
		Throwable failure = away.get();
		if (failure != null) {
			throttle.log(group,
					(more) -> log.warn("{} cannot go on and tries again until it can ({} more failures since): {}",
							group, more, failure.toString()));
			throw Exceptions.propagate(failure);
		}
	}

	/** An error would cancel the others, which go on in the store all the same. */
	private static Mono<Void> note(Throwable failure, AtomicReference<@Nullable Throwable> away) {
		return Mono.fromRunnable(() -> away.compareAndSet(null, failure));
	}

	private static Collection<List<ConsumerRecord<String, byte[]>>> byKey(List<ConsumerRecord<String, byte[]>> records,
			String group) {
		return records.stream()
			.filter((event) -> isFor(group, event))
			.collect(Collectors.groupingBy((event) -> String.valueOf(event.key()), LinkedHashMap::new,
					Collectors.toList()))
			.values();
	}

	private static boolean isFor(String group, ConsumerRecord<String, byte[]> event) {
		String only = EventHeaders.get(event.headers(), EventHeaders.REPLAY_FOR);
		return only == null || only.equals(group);
	}

	private <E extends Event> Mono<Void> handle(ConsumerRecord<String, byte[]> event, String group, Reader<E> reader,
			Function<ReceivedEvent<E>, Mono<Void>> effect) {
		Timer.Sample sample = Timer.start(this.meters);
		return Mono.fromCallable(() -> reader.read(event))
			.flatMap((read) -> Mono.justOrEmpty(read).flatMap(effect))
			.retryWhen(this.attempts)
			.doOnSuccess((done) -> sample.stop(timer(group, "applied")))
			.onErrorResume((failure) -> !KafkaFailures.isUnavailable(failure),
					(failure) -> putAside(event, group, failure))
			.contextWrite((context) -> context.put(Trace.PARENT,
					Trace.continueOrStart(EventHeaders.get(event.headers(), Trace.PARENT))));
	}

	private Mono<Void> putAside(ConsumerRecord<String, byte[]> event, String group, Throwable failure) {
		return this.publisher.sendToDeadLetters(event, group, failure)
			.doOnSuccess((sent) -> isPutAside(event, group, failure))
			.onErrorResume((refusal) -> !KafkaFailures.isUnavailable(refusal),
					(refusal) -> Mono.fromRunnable(() -> isPassedOver(event, group, failure, refusal)));
	}

	private void isPutAside(ConsumerRecord<String, byte[]> event, String group, Throwable failure) {
		this.meters.counter("events.dead", "group", group).increment();
		throttle.log(group + " dead",
				(more) -> log.error("{} could not apply {} and put it aside as a dead letter ({} more since): {}",
						group, place(event), more, KafkaFailures.describe(failure)));
	}

	/**
	 * Its topic keeps the record. To wait for who could take it aside would stop the
	 * group for ever.
	 */
	private void isPassedOver(ConsumerRecord<String, byte[]> event, String group, Throwable failure,
			Throwable refusal) {
		this.meters.counter("events.passed.over", "group", group).increment();
		log.error("{} could not apply {} nor put it aside, and passed it over: {}; {}", group, place(event),
				KafkaFailures.describe(failure), KafkaFailures.describe(refusal));
	}

	private static String place(ConsumerRecord<String, byte[]> event) {
		return event.topic() + "-" + event.partition() + "@" + event.offset();
	}

	private Timer timer(String group, String outcome) {
		return this.meters.timer("events.handled", "group", group, "outcome", outcome);
	}

	/** Reads one listener's events; types it does not know are none of its business. */
	private record Reader<E extends Event>(EventTypes<E> types, JsonMapper json) {

		Optional<ReceivedEvent<E>> read(ConsumerRecord<String, byte[]> event) {
			try {
				return this.types.classOf(EventHeaders.require(event.headers(), EventHeaders.TYPE))
					.map((type) -> received(event, type));
			}
			catch (JacksonException ex) {
				throw new UnreadableEvent("The event cannot be read: " + ex.getOriginalMessage(), ex);
			}
			catch (DateTimeException | IllegalArgumentException ex) {
				throw new UnreadableEvent("The event cannot be read: " + ex.getMessage(), ex);
			}
		}

		private ReceivedEvent<E> received(ConsumerRecord<String, byte[]> event, Class<? extends E> type) {
			String id = require(event.key(), "key");
			long version = Long.parseLong(EventHeaders.require(event.headers(), EventHeaders.VERSION));
			Instant at = Instant.parse(EventHeaders.require(event.headers(), EventHeaders.TIME));
			E read = require(this.json.readValue(require(event.value(), "value"), type), "event");
			return new ReceivedEvent<>(id, version, at, read);
		}

		private static <T> T require(@Nullable T part, String name) {
			if (part == null) {
				throw new UnreadableEvent("The record has no " + name + ".", null);
			}
			return part;
		}

	}

}
