package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.Map;

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

	@Test
	void theWorkerIsDownIfTheThreadOfASlotHasEnded() {
		JobExecution execution = this.runs.execution(new TestHandler((run) -> Mono.empty()));
		JobSlots slots = new JobSlots(2,
				() -> new JobSlot(JobSlotStoreTests::die, this.runs.choice(), execution, Duration.ofSeconds(5)));
		JobQueue queue = new JobQueue("test.jobs.v1", new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("agora.kafka", KafkaSettings.class));
		JobWorker worker = new JobWorker(queue, slots, execution, TestJobs.settings(Map.of()).worker());
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

	private ShareConsumer<String, byte[]> fail() {
		this.starts++;
		this.slot.stop();
		// Ends the pause after the failure at once.
		Thread.currentThread().interrupt();
		throw new IllegalArgumentException("planted");
	}

}
