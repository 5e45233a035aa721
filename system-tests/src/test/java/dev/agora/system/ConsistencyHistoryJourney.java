package dev.agora.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.measure.HistoryPlan;
import dev.agora.measure.HistoryRun;
import dev.agora.measure.history.History;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The short form of {@code ./agora measure consistency}. */
class ConsistencyHistoryJourney {

	private static final Duration OUTAGE = Duration.ofSeconds(1);

	private static final int CLIENTS = 6;

	private final long seed = System.nanoTime();

	@Test
	void noLevelBreaksItsPromiseWhileRedisIsAway() throws IOException, InterruptedException {
		History history = run(new HistoryPlan(600, CLIENTS, List.of("redis"), OUTAGE, this.seed, null));
		assertThat(history.size()).isGreaterThan(500);
		assertThat(history.violations()).as("seed %d", this.seed).isEmpty();
	}

	private static History run(HistoryPlan plan) throws IOException, InterruptedException {
		assumeTrue(TestSystem.isOwn(), "It stops a store, so it needs a system that the tests have started.");
		TestSystem.awaitReady();
		Path root = TestSystem.root();
		return HistoryRun.run(plan, root, root.resolve("system-tests/target/system"));
	}

}
