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

/** Takes what Kafka has out of the documents, in batches on a thread of its own. */
final class OutboxAcknowledger {

	private static final Logger log = LoggerFactory.getLogger(OutboxAcknowledger.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final int BATCH = 200;

	private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

	private final AtomicInteger uncleared = new AtomicInteger();

	private final Timer delay;

	OutboxAcknowledger(MeterRegistry meters) {
		this.delay = Timer.builder("outbox.delay")
			.description("From an event's happening to the broker's acknowledgement")
			.register(meters);
	}

	void sent(UnsentEvents pending, OutboxEntry last) {
		this.delay.record(Duration.between(last.at(), Instant.now()));
		this.uncleared.incrementAndGet();
		this.sent.add(new Sent(pending.outbox(), pending.id(), last.version()));
	}

	boolean isIdle() {
		return this.uncleared.get() == 0;
	}

	void run(BooleanSupplier running) {
		List<Sent> batch = new ArrayList<>(BATCH);
		try {
			while (running.getAsBoolean()) {
				Sent first = this.sent.poll(200, TimeUnit.MILLISECONDS);
				if (first != null) {
					batch.add(first);
					this.sent.drainTo(batch, BATCH - 1);
					clear(batch);
					this.uncleared.addAndGet(-batch.size());
					batch.clear();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void clear(List<Sent> batch) {
		Map<Outbox, Map<String, Long>> last = new HashMap<>();
		batch.forEach((sent) -> last.computeIfAbsent(sent.outbox(), (outbox) -> new HashMap<>())
			.merge(sent.id(), sent.version(), Math::max));
		last.forEach(OutboxAcknowledger::clear);
	}

	private static void clear(Outbox outbox, Map<String, Long> versions) {
		try {
			outbox.clear(versions.entrySet()).block();
		}
		catch (RuntimeException ex) {
			// They stay in the outbox and are sent again by the sweep: the same events,
			// dropped by version.
			throttle.log("clear",
					(more) -> log.warn("Sent events could not be cleared and will be sent again ({} more since): {}",
							more, ex.toString()));
		}
	}

	private record Sent(Outbox outbox, String id, long version) {
	}

}
