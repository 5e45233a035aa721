package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A record of the queue that this slot holds while it works. The lock of the record is
 * renewed meanwhile, so that no other worker gets it.
 */
final class HeldRecord {

	/** A poll with a time-out would keep a core busy until the renewal is confirmed. */
	private static final long PAUSE_MS = 5;

	private final ShareConsumer<String, byte[]> consumer;

	private final Duration renewal;

	private @Nullable ConsumerRecord<String, byte[]> held;

	/**
	 * Holds a record.
	 * @param renewal the interval at which its lock is renewed
	 */
	HeldRecord(ShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> held, Duration renewal) {
		this.consumer = consumer;
		this.held = held;
		this.renewal = renewal;
	}

	/**
	 * Waits for work on other threads, and renews the lock meanwhile. If the consumer
	 * fails, it waits without the record before it fails too: the work continues, and the
	 * slot must not start more.
	 */
	<T> T await(CompletableFuture<T> work) throws ExecutionException, InterruptedException {
		try {
			return awaitAndRenew(work);
		}
		catch (RuntimeException ex) {
			work.get();
			throw ex;
		}
	}

	private <T> T awaitAndRenew(CompletableFuture<T> work) throws ExecutionException, InterruptedException {
		while (true) {
			try {
				return work.get(this.renewal.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				renew();
			}
		}
	}

	/** Takes the record out of the queue. */
	void acknowledge() {
		acknowledge(AcknowledgeType.ACCEPT);
		this.held = null;
	}

	/**
	 * Renews the lock. The broker then hands the same record to this consumer again. If
	 * it does not, the lock has ended, and the work continues without the record: the
	 * claim in the job's document decides who runs a job.
	 */
	private void renew() throws InterruptedException {
		ConsumerRecord<String, byte[]> renewed = this.held;
		if (renewed == null) {
			return;
		}
		acknowledge(AcknowledgeType.RENEW);
		this.held = null;
		long end = System.nanoTime() + this.renewal.toNanos();
		while (this.held == null && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
			this.consumer.poll(Duration.ZERO).forEach((received) -> receive(received, renewed));
		}
	}

	private void receive(ConsumerRecord<String, byte[]> received, ConsumerRecord<String, byte[]> renewed) {
		if (received.partition() == renewed.partition() && received.offset() == renewed.offset()) {
			this.held = received;
		}
		else {
			this.consumer.acknowledge(received, AcknowledgeType.RELEASE);
		}
	}

	private void acknowledge(AcknowledgeType type) {
		ConsumerRecord<String, byte[]> current = this.held;
		if (current != null) {
			this.consumer.acknowledge(current, type);
		}
	}

}
