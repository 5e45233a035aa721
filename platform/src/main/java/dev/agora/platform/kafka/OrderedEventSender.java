package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.tracing.log.LogTrace;

/**
 * Sends the events of each aggregate one at a time: the next one only when the broker has
 * acknowledged the one before, so that a retry cannot change their order. Events of
 * different aggregates are sent concurrently.
 */
final class OrderedEventSender {

	private static final Logger log = LoggerFactory.getLogger(OrderedEventSender.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private final EventPublisher publisher;

	private final OutboxAcknowledger acknowledger;

	/** The aggregates with an event in flight, each with the events written meanwhile. */
	private final Map<String, InFlightAggregate> inFlight = new ConcurrentHashMap<>();

	private final Executor executor = Executors.newSingleThreadExecutor(daemonThreads("outbox-next-"));

	private final AtomicLong failures = new AtomicLong();

	OrderedEventSender(EventPublisher publisher, OutboxAcknowledger acknowledger) {
		this.publisher = publisher;
		this.acknowledger = acknowledger;
	}

	/** Returns the number of sends that have failed since the start. */
	long failures() {
		return this.failures.get();
	}

	/**
	 * Returns whether every event that was passed to this sender is sent or has failed.
	 */
	boolean isIdle() {
		return this.inFlight.isEmpty();
	}

	/** Sends the unsent events of one document, after those of it that are in flight. */
	void send(UnsentEvents unsent) {
		if (unsent.entries().isEmpty()) {
			return;
		}
		String key = unsent.outbox().topic() + "/" + unsent.id();
		InFlightAggregate aggregate = this.inFlight.merge(key, new InFlightAggregate(true, null),
				(current, added) -> current.followedBy(unsent));
		if (aggregate.first()) {
			sendFrom(key, unsent, 0);
		}
	}

	private void sendFrom(String key, UnsentEvents unsent, int index) {
		OutboxEntry entry = unsent.entries().get(index);
		this.publisher.send(unsent.outbox().topic(), unsent.id(), entry,
				(failure) -> completed(key, unsent, index, failure));
	}

	private void completed(String key, UnsentEvents unsent, int index, @Nullable Exception failure) {
		if (failure != null) {
			LogTrace.run(unsent.entries().get(index).trace(), () -> reportFailure(key, failure));
			return;
		}
		if (index + 1 < unsent.entries().size()) {
			sendNext(key, unsent, index + 1);
			return;
		}
		OutboxEntry last = unsent.entries().get(index);
		this.acknowledger.acknowledge(unsent, last);
		InFlightAggregate rest = this.inFlight.computeIfPresent(key, (id, current) -> current.after(last.version()));
		if (rest != null && rest.next() != null) {
			sendNext(key, rest.next(), 0);
		}
	}

	/**
	 * Sends the next event on a thread of this sender. The producer's own thread must not
	 * do so, as only that thread frees the memory that a send may wait for.
	 */
	private void sendNext(String key, UnsentEvents unsent, int index) {
		this.executor.execute(() -> sendFrom(key, unsent, index));
	}

	private static ThreadFactory daemonThreads(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Reports a failure. The events stay in their document until the sweep sends them.
	 */
	private void reportFailure(String key, Exception failure) {
		this.inFlight.remove(key);
		this.failures.incrementAndGet();
		throttle.log(KafkaFailures.kind(failure).name(),
				(suppressed) -> log.warn(
						"The events of {} could not be sent and stay in the outbox ({} more like it): {}", key,
						suppressed, failure.toString()));
	}

	/**
	 * An aggregate with an event in flight.
	 *
	 * @param first whether this is the first write since the aggregate was last idle
	 * @param next the events that were written meanwhile, null if there are none
	 */
	private record InFlightAggregate(boolean first, @Nullable UnsentEvents next) {

		InFlightAggregate followedBy(UnsentEvents later) {
			boolean newer = this.next == null || last(later) > last(this.next);
			return new InFlightAggregate(false, newer ? later : this.next);
		}

		/** Returns what remains to be sent after a version, null if nothing does. */
		@Nullable InFlightAggregate after(long version) {
			if (this.next == null) {
				return null;
			}
			List<OutboxEntry> rest = this.next.entries().stream().filter((entry) -> entry.version() > version).toList();
			return rest.isEmpty() ? null
					: new InFlightAggregate(false, new UnsentEvents(this.next.outbox(), this.next.id(), rest));
		}

		private static long last(UnsentEvents unsent) {
			return unsent.entries().get(unsent.entries().size() - 1).version();
		}

	}

}
