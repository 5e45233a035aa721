package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Status;

import dev.agora.platform.job.TestJobs;
import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobSlotStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestRuns runs = new TestRuns(mongo.store());

	private final JobSlot slot = new JobSlot(this::fail, this.runs.choice(),
			this.runs.execution(new TestHandler((run) -> Mono.empty())), Duration.ofSeconds(5));

	private int starts;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void survivesAnUnexpectedFailure() {
		this.slot.run();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.starts).isOne();
	}

	/** The other parts of the same phase of the shutdown stop meanwhile. */
	@Test
	void theStopOfTheWorkerDelaysNoOther() {
		CountDownLatch ended = new CountDownLatch(1);
		JobExecution execution = this.runs.execution(new TestHandler((run) -> Mono.empty()));
		JobSlots slots = new JobSlots(1,
				() -> new JobSlot(() -> awaitAndFail(ended), this.runs.choice(), execution, Duration.ofSeconds(5)));
		JobWorker worker = new JobWorker(queue(), slots, execution, TestJobs.settings(Map.of()).worker());
		slots.start();
		AtomicBoolean stopped = new AtomicBoolean();
		worker.stop(() -> stopped.set(true));
		assertThat(stopped).as("the slot works").isFalse();
		ended.countDown();
		Awaitility.await("the worker has stopped").atMost(Duration.ofSeconds(60)).untilTrue(stopped);
	}

	@Test
	void closesTheConsumerWithinATime() {
		ClosedConsumer consumer = new ClosedConsumer();
		JobSlot closing = new JobSlot(() -> consumer, this.runs.choice(),
				this.runs.execution(new TestHandler((run) -> Mono.empty())), Duration.ofSeconds(5));
		consumer.onPoll = closing::stop;
		closing.run();
		assertThat(consumer.timeout).isEqualTo(Duration.ofSeconds(5));
	}

	private static ShareConsumer<String, byte[]> awaitAndFail(CountDownLatch ended) {
		try {
			ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new IllegalStateException("planted");
	}

	private static JobQueue queue() {
		return new JobQueue("test.jobs.v1", new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("agora.kafka", KafkaSettings.class));
	}

	@Test
	void theWorkerIsDownIfTheThreadOfASlotHasEnded() {
		JobExecution execution = this.runs.execution(new TestHandler((run) -> Mono.empty()));
		JobSlots slots = new JobSlots(2,
				() -> new JobSlot(JobSlotStoreTests::die, this.runs.choice(), execution, Duration.ofSeconds(5)));
		JobWorker worker = new JobWorker(queue(), slots, execution, TestJobs.settings(Map.of()).worker());
		assertThat(slots.isBroken()).isFalse();
		slots.start();
		Awaitility.await("a thread has ended")
			.dontCatchUncaughtExceptions()
			.atMost(Duration.ofSeconds(60))
			.until(slots::isBroken);
		assertThat(worker.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(worker.health().getDetails()).containsEntry("problem", "A thread that runs jobs has ended.");
		slots.stop();
		assertThat(slots.isBroken()).isFalse();
	}

	/** A failure that no slot survives. */
	private static ShareConsumer<String, byte[]> die() {
		throw new NoClassDefFoundError("planted");
	}

	/** A consumer without a broker, which is part of Kafka's own library. */
	private static final class ClosedConsumer extends MockShareConsumer<String, byte[]> {

		private Runnable onPoll = () -> {
		};

		private Duration timeout = Duration.ZERO;

		@Override
		public synchronized ConsumerRecords<String, byte[]> poll(Duration wait) {
			this.onPoll.run();
			return ConsumerRecords.empty();
		}

		@Override
		public void wakeup() {
			// The poll has ended already.
		}

		@Override
		public synchronized void close(Duration wait) {
			this.timeout = wait;
		}

	}

	private ShareConsumer<String, byte[]> fail() {
		this.starts++;
		this.slot.stop();
		// Ends the pause after the failure at once.
		Thread.currentThread().interrupt();
		throw new IllegalArgumentException("planted");
	}

}
