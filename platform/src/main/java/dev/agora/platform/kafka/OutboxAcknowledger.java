package dev.agora.platform.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.agora.platform.document.Outbox;
import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.metrics.LatencyTimers;
import dev.agora.platform.watermark.WatermarkSweep;

/** Removes the events that Kafka has acknowledged from the documents, in batches. */
final class OutboxAcknowledger {

	private static final Logger log = LoggerFactory.getLogger(OutboxAcknowledger.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final int BATCH = 200;

	/**
	 * The time for which the first event of a batch waits for others, unless a full batch
	 * is queued already.
	 */
	private static final int LINGER_MILLIS = 50;

	private final BlockingQueue<SentEvent> sent = new LinkedBlockingQueue<>();

	private final AtomicInteger unacknowledged = new AtomicInteger();

	private final Timer delay;

	private final WatermarkSweep watermarks;

	OutboxAcknowledger(WatermarkSweep watermarks, MeterRegistry meters) {
		this.watermarks = watermarks;
		this.delay = LatencyTimers.ofEvents("outbox.delay")
			.description("The time from an event's write to its acknowledgement by the broker")
			.register(meters);
	}

	/** Queues the removal of a document's events up to the last that was sent. */
	void acknowledge(UnsentEvents unsent, OutboxEntry last) {
		this.watermarks.sent(unsent.outbox());
		this.delay.record(Duration.between(last.at(), Instant.now()));
		this.unacknowledged.incrementAndGet();
		this.sent.add(new SentEvent(unsent.outbox(), unsent.id(), last.version()));
	}

	/** Returns whether every event that was sent is removed from its document. */
	boolean isIdle() {
		return this.unacknowledged.get() == 0;
	}

	/** Removes queued events until the supplier returns false. */
	void run(BooleanSupplier running) {
		List<SentEvent> batch = new ArrayList<>(BATCH);
		try {
			while (running.getAsBoolean()) {
				SentEvent first = this.sent.poll(200, TimeUnit.MILLISECONDS);
				if (first != null) {
					batch.add(first);
					if (this.sent.size() < BATCH - 1) {
						TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
					}
					this.sent.drainTo(batch, BATCH - 1);
					remove(batch);
					this.unacknowledged.addAndGet(-batch.size());
					batch.clear();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void remove(List<SentEvent> batch) {
		Map<Outbox, Map<String, Long>> last = new HashMap<>();
		batch.forEach((sent) -> last.computeIfAbsent(sent.outbox(), (outbox) -> new HashMap<>())
			.merge(sent.id(), sent.version(), Math::max));
		last.forEach(OutboxAcknowledger::remove);
	}

	private static void remove(Outbox outbox, Map<String, Long> versions) {
		try {
			outbox.clear(versions.entrySet()).block();
		}
		catch (RuntimeException ex) {
			// The sweep sends the events again, and the listeners ignore them by version.
			throttle.log("acknowledge", (suppressed) -> log.warn(
					"Sent events could not be removed from the outbox and will be sent again ({} more failures): {}",
					suppressed, ex.toString()));
		}
	}

	private record SentEvent(Outbox outbox, String id, long version) {
	}

}
