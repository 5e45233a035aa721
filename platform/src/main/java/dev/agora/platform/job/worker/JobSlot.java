package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.event.EventTypes;
import dev.agora.platform.job.JobEvent;
import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.problem.Unavailable;

/**
 * Runs one job at a time on a thread of its own. A record of the queue permits it to run
 * jobs until none may run; which ones, {@link JobChoice} decides.
 */
final class JobSlot implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(JobSlot.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final String QUEUED = EventTypes.nameOf(JobEvent.Queued.class);

	private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	/** The default is longer than a process may take to end. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Supplier<ShareConsumer<String, byte[]>> consumers;

	private final JobChoice choice;

	private final JobExecution execution;

	private final Duration renewal;

	private volatile @Nullable ShareConsumer<String, byte[]> consumer;

	private volatile boolean running = true;

	/**
	 * Creates a slot.
	 * @param consumers creates a consumer that has subscribed to the queue
	 * @param renewal the interval at which the lock of a record is renewed
	 */
	JobSlot(Supplier<ShareConsumer<String, byte[]>> consumers, JobChoice choice, JobExecution execution,
			Duration renewal) {
		this.consumers = consumers;
		this.choice = choice;
		this.execution = execution;
		this.renewal = renewal;
	}

	@Override
	public void run() {
		while (this.running) {
			try {
				openAndTakeRecords();
			}
			catch (WakeupException ex) {
				log.debug("The slot stops");
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (ExecutionException | RuntimeException ex) {
				report(ex);
			}
		}
	}

	/** Lets the thread end when its job has ended. */
	void stop() {
		this.running = false;
		ShareConsumer<String, byte[]> current = this.consumer;
		if (current != null) {
			current.wakeup();
		}
	}

	private void openAndTakeRecords() throws ExecutionException, InterruptedException {
		ShareConsumer<String, byte[]> current = this.consumers.get();
		try {
			this.consumer = current;
			takeRecords(current);
		}
		finally {
			current.close(CLOSE_TIMEOUT);
		}
	}

	private void takeRecords(ShareConsumer<String, byte[]> current) throws ExecutionException, InterruptedException {
		while (this.running) {
			for (ConsumerRecord<String, byte[]> received : current.poll(POLL_TIMEOUT)) {
				take(new HeldRecord(current, received, this.renewal), received);
			}
		}
	}

	private void take(HeldRecord held, ConsumerRecord<String, byte[]> received)
			throws ExecutionException, InterruptedException {
		boolean permitted = QUEUED.equals(EventHeaders.get(received.headers(), EventHeaders.TYPE));
		while (permitted && this.running) {
			permitted = held.await(runNext().toFuture());
		}
		held.acknowledge();
	}

	/** Runs a job. Returns whether there was one. */
	private Mono<Boolean> runNext() {
		return this.choice.claimNext()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
				.maxBackoff(Duration.ofSeconds(5))
				.filter((failure) -> failure instanceof Unavailable && this.running))
			.flatMap((job) -> this.execution.run(job).thenReturn(true))
			.defaultIfEmpty(false);
	}

	private void report(Exception failure) {
		throttle.log("slot", (suppressed) -> log.warn("A slot for jobs starts again ({} more failures): {}", suppressed,
				KafkaFailures.describe(failure)));
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
