package dev.agora.platform.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Outbox;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;
import dev.agora.platform.watermark.WatermarkSweep;

/**
 * Sends the events in the documents' outboxes to Kafka: immediately after each write of
 * this process, and by a periodic sweep that finds the events that a dead process or
 * unavailable brokers left behind. No event is discarded. Two gauges show the number of
 * unsent events and the age of the oldest.
 */
public final class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final int SWEEP_BATCH = 500;

	private static final int SWEEPS_PER_PURGE = 60;

	/** Bounds the records of a topic without events. */
	private static final int SWEEPS_PER_WATERMARK = 60;

	private static final Duration WATERMARK_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * An event that moves from the queue to the sender is found only by a second check.
	 */
	private static final int IDLE_CHECKS = 2;

	private static final Duration MAX_SWEEP_INTERVAL = Duration.ofSeconds(5);

	private final DocumentStore documents;

	private final OrderedEventSender sender;

	private final OutboxAcknowledger acknowledger;

	private final KafkaSettings settings;

	private final Lease lease;

	private final WatermarkSweep watermarks;

	private final AtomicLong backlog = new AtomicLong();

	private final AtomicLong oldestAge = new AtomicLong();

	/** The number of sweeps so far; used by the sweep's thread alone. */
	private int sweeps;

	/** The number of sweeps with the lease; used by one sweep after another. */
	private int sweepsWithLease;

	private volatile CountDownLatch stopped = new CountDownLatch(1);

	private volatile boolean running;

	OutboxRelay(DocumentStore documents, EventPublisher publisher, KafkaSettings settings, WatermarkSweep watermarks,
			MeterRegistry meters) {
		this.documents = documents;
		this.acknowledger = new OutboxAcknowledger(watermarks, meters);
		this.sender = new OrderedEventSender(publisher, this.acknowledger);
		this.settings = settings;
		this.watermarks = watermarks;
		this.lease = documents.lease("outbox-sweep");
		meters.gauge("outbox.backlog", this.backlog);
		TimeGauge.builder("outbox.oldest.age", this.oldestAge, TimeUnit.MILLISECONDS, AtomicLong::get).register(meters);
	}

	@Override
	public void start() {
		CountDownLatch end = new CountDownLatch(1);
		this.stopped = end;
		this.running = true;
		startThread("outbox-relay", this::sendWritten);
		startThread("outbox-sweep", () -> sweepUntil(end));
		startThread("outbox-acknowledge", () -> this.acknowledger.run(this::isRunning));
	}

	/**
	 * Waits until the events of this process are sent, up to the drain timeout. An event
	 * that is not acknowledged in time stays in its document for the sweep of another
	 * instance, or of this one after its next start.
	 */
	@Override
	public void stop() {
		this.stopped.countDown();
		long end = System.nanoTime() + this.settings.drainTimeout().toNanos();
		try {
			for (int idle = 0; idle < IDLE_CHECKS && System.nanoTime() < end; idle = isIdle() ? idle + 1 : 0) {
				TimeUnit.MILLISECONDS.sleep(10);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
	}

	private boolean isIdle() {
		return this.documents.outboxQueue().isEmpty() && this.sender.isIdle() && this.acknowledger.isIdle();
	}

	/**
	 * Starts before the web server and stops after it, since its requests write events.
	 */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void sendWritten() {
		while (this.running) {
			try {
				UnsentEvents written = this.documents.outboxQueue().poll(200, TimeUnit.MILLISECONDS);
				if (written != null) {
					this.sender.send(written);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private void sweepUntil(CountDownLatch end) {
		Duration interval = this.settings.sweepInterval();
		while (awaitNextSweep(interval, end)) {
			long failures = this.sender.failures();
			try {
				sweep().block();
			}
			catch (RuntimeException ex) {
				// The database is unavailable. The next sweep tries again, and the gauge
				// of the age shows the delay.
				throttle.log("sweep",
						(suppressed) -> log.warn("The outbox sweep failed and will be repeated ({} more failures): {}",
								suppressed, ex.toString()));
			}
			boolean succeeded = this.sender.failures() == failures;
			interval = succeeded ? this.settings.sweepInterval() : doubled(interval);
		}
	}

	private Mono<Void> sweep() {
		boolean purge = this.sweeps++ % SWEEPS_PER_PURGE == 0;
		return this.lease.tryAcquire(this.settings.sweepInterval().multipliedBy(5))
			.flatMap((held) -> held
					? sweepOutboxes().then(purge ? this.documents.purgeExpired() : Mono.empty()).thenReturn(true)
					: Mono.just(false))
			.flatMap((held) -> measure().thenReturn(held))
			.flatMap(this::publishWatermarks);
	}

	/**
	 * An instance that has died may have sent the last event of a topic, so the holder of
	 * the lease publishes each watermark when it gets the lease, and every minute.
	 */
	private Mono<Void> publishWatermarks(boolean held) {
		boolean always = held && this.sweepsWithLease++ % SWEEPS_PER_WATERMARK == 0;
		return Flux.fromIterable(this.documents.outboxes())
			.concatMap((outbox) -> this.watermarks.publish(outbox, always))
			.then()
			.timeout(WATERMARK_TIMEOUT)
			.onErrorResume(OutboxRelay::logUnpublished);
	}

	/** The broker is unavailable. A later watermark passes the same events. */
	private static Mono<Void> logUnpublished(Throwable failure) {
		throttle.log("watermark",
				(suppressed) -> log.warn(
						"Watermarks could not be published and will be repeated ({} more failures): {}", suppressed,
						failure.toString()));
		return Mono.empty();
	}

	private Mono<Void> sweepOutboxes() {
		return Flux.fromIterable(this.documents.outboxes())
			.concatMap((outbox) -> outbox.unsent(this.settings.sweepMinAge(), SWEEP_BATCH)
				.doOnNext(this.sender::send)
				.then(outbox.purge()))
			.then();
	}

	private Mono<Void> measure() {
		Flux<Outbox> all = Flux.fromIterable(this.documents.outboxes());
		return all.concatMap(Outbox::backlog)
			.reduce(0L, Long::sum)
			.doOnNext(this.backlog::set)
			.thenMany(all.concatMap(Outbox::oldest))
			.reduce((first, second) -> first.isBefore(second) ? first : second)
			.map((oldest) -> Duration.between(oldest, Instant.now()).toMillis())
			.defaultIfEmpty(0L)
			.doOnNext(this.oldestAge::set)
			.then();
	}

	private static Duration doubled(Duration interval) {
		Duration doubled = interval.multipliedBy(2);
		return (doubled.compareTo(MAX_SWEEP_INTERVAL) < 0) ? doubled : MAX_SWEEP_INTERVAL;
	}

	/** Waits for an interval. Returns false if the relay is stopped meanwhile. */
	private static boolean awaitNextSweep(Duration interval, CountDownLatch end) {
		try {
			return !end.await(interval.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static void startThread(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

}
