package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

import dev.agora.platform.job.JobSettings;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.lifecycle.BackgroundStop;
import dev.agora.platform.log.LogThrottle;

/**
 * Runs the jobs of a service in this instance, several at a time. It starts without
 * brokers and waits for them. Brokers without share groups are reported by the log and
 * the health of the instance.
 */
public final class JobWorker implements SmartLifecycle, HealthIndicator {

	private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private static final String TOO_OLD = "Jobs do not run, since their queue needs share groups: Kafka 4.2 or later. "
			+ "Upgrade the brokers; after an upgrade, run kafka-features.sh upgrade --feature share.version=1.";

	private final JobQueue queue;

	private final JobSlots slots;

	private final JobExecution execution;

	private final JobSettings.Worker settings;

	private volatile CountDownLatch stopped = new CountDownLatch(1);

	private volatile String problem = "The queue has not been checked yet.";

	private volatile boolean running;

	private volatile @Nullable Thread starter;

	JobWorker(JobQueue queue, JobSlots slots, JobExecution execution, JobSettings.Worker settings) {
		this.queue = queue;
		this.slots = slots;
		this.execution = execution;
		this.settings = settings;
	}

	@Override
	public void start() {
		this.running = true;
		this.stopped = new CountDownLatch(1);
		Thread thread = new Thread(this::prepareAndRun, "jobs-start");
		thread.setDaemon(true);
		this.starter = thread;
		thread.start();
	}

	private void prepareAndRun() {
		try {
			while (!isPrepared()) {
				if (this.stopped.await(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
					return;
				}
			}
			startSlots();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isPrepared() throws InterruptedException {
		try {
			this.queue.prepare(this.settings.lock());
			this.problem = "";
			return true;
		}
		catch (ExecutionException | KafkaException ex) {
			boolean tooOld = KafkaFailures.cause(ex) instanceof UnsupportedVersionException;
			this.problem = tooOld ? TOO_OLD : "The brokers are unavailable: " + KafkaFailures.cause(ex);
			throttle.log("start",
					(suppressed) -> log.atLevel(tooOld ? Level.ERROR : Level.WARN).log("{}", this.problem));
			return false;
		}
	}

	private synchronized void startSlots() {
		if (this.running) {
			this.slots.start();
			log.info("{} jobs run at the same time", this.settings.slots());
		}
	}

	/** Queues the running jobs again, and ends the threads. */
	@Override
	public void stop() {
		this.running = false;
		this.stopped.countDown();
		this.execution.stop();
		List<Thread> ending = new ArrayList<>(stopSlots());
		Stream.ofNullable(this.starter).forEach(ending::add);
		long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
		try {
			for (Thread thread : ending) {
				TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(end - System.nanoTime(), 1));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized List<Thread> stopSlots() {
		return this.slots.stop();
	}

	/** Stops with the listeners, before the relay sends its last events. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	/** Delays no other part of the same phase. */
	@Override
	public void stop(Runnable stopped) {
		BackgroundStop.start("jobs-stop", this::stop, stopped);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public Health health() {
		String current = problem();
		return current.isEmpty() ? Health.up().build() : Health.down().withDetail("problem", current).build();
	}

	private String problem() {
		return this.slots.isBroken() ? "A thread that runs jobs has ended." : this.problem;
	}

}
