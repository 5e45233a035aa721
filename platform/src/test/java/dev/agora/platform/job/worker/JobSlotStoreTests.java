package dev.agora.platform.job.worker;

import java.time.Duration;

import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

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

	private ShareConsumer<String, byte[]> fail() {
		this.starts++;
		this.slot.stop();
		// Ends the pause after the failure at once.
		Thread.currentThread().interrupt();
		throw new IllegalArgumentException("planted");
	}

}
