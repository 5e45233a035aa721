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

import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.log.LogThrottle;

/**
 * Sends the events of each aggregate one after the other: the next only once the broker
 * has the one before, so a retry never overtakes. Different aggregates go side by side.
 */
final class OrderedEventSender {

	private static final Logger log = LoggerFactory.getLogger(OrderedEventSender.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private final EventPublisher publisher;

	private final OutboxAcknowledger clearing;

	/** The aggregates under way, each with what was written of it meanwhile. */
	private final Map<String, Underway> underway = new ConcurrentHashMap<>();

	private final Executor next = Executors.newSingleThreadExecutor(daemons("outbox-next-"));

	private final AtomicLong failures = new AtomicLong();

	OrderedEventSender(EventPublisher publisher, OutboxAcknowledger clearing) {
		this.publisher = publisher;
		this.clearing = clearing;
	}

	/** How many sends have failed since the start. */
	long failures() {
		return this.failures.get();
	}

	/** Whether all it was given is sent, or has failed. */
	boolean isIdle() {
		return this.underway.isEmpty();
	}

	/** Sends what is pending of one document, after what is already under way of it. */
	void send(UnsentEvents pending) {
		if (pending.entries().isEmpty()) {
			return;
		}
		String key = pending.outbox().topic() + "/" + pending.id();
		Underway now = this.underway.merge(key, new Underway(true, null), (before, mine) -> before.followedBy(pending));
		if (now.first()) {
			sendFrom(key, pending, 0);
		}
	}

	private void sendFrom(String key, UnsentEvents pending, int index) {
		OutboxEntry entry = pending.entries().get(index);
		this.publisher.send(pending.outbox().topic(), pending.id(), entry,
				(failure) -> sentOrFailed(key, pending, index, failure));
	}

	private void sentOrFailed(String key, UnsentEvents pending, int index, @Nullable Exception failure) {
		if (failure != null) {
			failed(key, failure);
			return;
		}
		if (index + 1 < pending.entries().size()) {
			goOn(key, pending, index + 1);
			return;
		}
		OutboxEntry last = pending.entries().get(index);
		this.clearing.sent(pending, last);
		Underway rest = this.underway.computeIfPresent(key, (id, now) -> now.after(last.version()));
		if (rest != null && rest.next() != null) {
			goOn(key, rest.next(), 0);
		}
	}

	/**
	 * Not on the producer's own thread, which alone frees the memory that a send may wait
	 * for.
	 */
	private void goOn(String key, UnsentEvents pending, int index) {
		this.next.execute(() -> sendFrom(key, pending, index));
	}

	/** What is not sent when the process ends stays in its document. */
	private static ThreadFactory daemons(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * The events stay in their document; the sweep sends them when the broker is back.
	 */
	private void failed(String key, Exception failure) {
		this.underway.remove(key);
		this.failures.incrementAndGet();
		throttle.log(KafkaFailures.kind(failure).name(),
				(more) -> log.warn("Events could not be sent and stay in the outbox, such as of {} ({} more since): {}",
						key, more, failure.toString()));
	}

	/**
	 * What is known of an aggregate while its events are being sent.
	 *
	 * @param first whether nothing was written since the sending began
	 * @param next what was written meanwhile, null if nothing
	 */
	private record Underway(boolean first, @Nullable UnsentEvents next) {

		Underway followedBy(UnsentEvents later) {
			boolean newer = this.next == null || last(later) > last(this.next);
			return new Underway(false, newer ? later : this.next);
		}

		/** The remainder once a version is out; null if there is none. */
		@Nullable Underway after(long version) {
			if (this.next == null) {
				return null;
			}
			List<OutboxEntry> rest = this.next.entries().stream().filter((entry) -> entry.version() > version).toList();
			return rest.isEmpty() ? null
					: new Underway(false, new UnsentEvents(this.next.outbox(), this.next.id(), rest));
		}

		private static long last(UnsentEvents pending) {
			return pending.entries().get(pending.entries().size() - 1).version();
		}

	}

}
