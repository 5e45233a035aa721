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

/**
 * Brings events from the documents' outboxes to Kafka: at once after a write of this
 * process, and by a sweep for what a dead process or an absent broker left behind.
 * Nothing is ever given up; the backlog and its age are metrics.
 */
public final class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final int SWEPT_AT_ONCE = 500;

	private static final int SWEEPS_PER_PURGE = 60;

	/** What is between the queue and the sender is not seen at the first. */
	private static final int CALM_LOOKS = 2;

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final DocumentStore documents;

	private final OrderedEventSender sender;

	private final OutboxAcknowledger clearing;

	private final KafkaSettings settings;

	private final Lease lease;

	private final AtomicLong backlog = new AtomicLong();

	private final AtomicLong oldestAge = new AtomicLong();

	/** Of the sweep's thread alone. */
	private int sweeps;

	private volatile CountDownLatch stopped = new CountDownLatch(1);

	private volatile boolean running;

	OutboxRelay(DocumentStore documents, EventPublisher publisher, KafkaSettings settings, MeterRegistry meters) {
		this.documents = documents;
		this.clearing = new OutboxAcknowledger(meters);
		this.sender = new OrderedEventSender(publisher, this.clearing);
		this.settings = settings;
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
		startThread("outbox-clear", () -> this.clearing.run(this::isRunning));
	}

	/**
	 * Sends what this process has written. What the broker has not taken in time stays in
	 * its document, for the sweep of another clone or of the next start.
	 */
	@Override
	public void stop() {
		this.stopped.countDown();
		long end = System.nanoTime() + this.settings.settle().toNanos();
		try {
			for (int calm = 0; calm < CALM_LOOKS && System.nanoTime() < end; calm = isSettled() ? calm + 1 : 0) {
				TimeUnit.MILLISECONDS.sleep(10);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
	}

	private boolean isSettled() {
		return this.documents.outboxQueue().isEmpty() && this.sender.isIdle() && this.clearing.isIdle();
	}

	/** Starts before the requests that write, and stops after the last of them. */
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
		Duration pause = this.settings.sweep();
		while (goesOnAfter(pause, end)) {
			long failures = this.sender.failures();
			try {
				sweep().block();
			}
			catch (RuntimeException ex) {
				// The database or the broker is away; the next sweep tries again, and the
				// age gauge shows it.
				throttle.log("sweep", (more) -> log.warn("The outbox sweep failed and is repeated ({} more since): {}",
						more, ex.toString()));
			}
			boolean calm = this.sender.failures() == failures;
			pause = calm ? this.settings.sweep() : longer(pause);
		}
	}

	private Mono<Void> sweep() {
		boolean purge = this.sweeps++ % SWEEPS_PER_PURGE == 0;
		return this.lease.tryAcquire(this.settings.sweep().multipliedBy(5))
			.filter(Boolean::booleanValue)
			.flatMap((held) -> sweepOutboxes().then(purge ? this.documents.purgeExpired() : Mono.empty()))
			.then(measure());
	}

	private Mono<Void> sweepOutboxes() {
		return Flux.fromIterable(this.documents.outboxes())
			.concatMap((outbox) -> outbox.unsent(this.settings.sweepAfter(), SWEPT_AT_ONCE)
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

	private static Duration longer(Duration pause) {
		Duration twice = pause.multipliedBy(2);
		return (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
	}

	/** Whether to go on after a pause. */
	private static boolean goesOnAfter(Duration pause, CountDownLatch end) {
		try {
			return !end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
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
