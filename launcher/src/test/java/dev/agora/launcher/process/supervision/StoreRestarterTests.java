package dev.agora.launcher.process.supervision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;

import static org.assertj.core.api.Assertions.assertThat;

class StoreRestarterTests {

	private static final Duration SHORT = Duration.ofSeconds(2);

	@TempDir
	private Path directory;

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final List<String> lines = new ArrayList<>();

	private final List<ManagedProcess> started = new ArrayList<>();

	private final StoreRestarter restarter = new StoreRestarter(this.tasks::add, this.lines::add, this.started::add);

	private ManagedProcess end(String name, Tier tier) throws Exception {
		ProcessSpec spec = new ProcessSpec(name, tier, "1", List.of("sh", "-c", "exit 3"), Map.of(), this.directory, 1,
				0, () -> true, null);
		ManagedProcess process = new ManagedProcess(spec, this.directory.resolve(name + ".log"));
		Process run = process.start();
		run.waitFor();
		this.restarter.onExit(process, run);
		return process;
	}

	@Test
	void restartsAStore() throws Exception {
		ManagedProcess redis = end("redis", Tier.STORE);
		assertThat(this.lines).containsExactly("The launcher restarts redis in 1 s.");
		assertThat(redis.state().note())
			.isEqualTo("has ended unexpectedly once, the last time with status 3; the launcher restarts it.");
		this.tasks.remove().run();
		assertThat(this.started).containsExactly(redis);
	}

	@Test
	void doesNotRestartAStoreThatTheUserStops() throws Exception {
		ManagedProcess redis = end("redis", Tier.STORE);
		redis.stop();
		this.tasks.remove().run();
		assertThat(this.started).isEmpty();
		assertThat(redis.state().note()).isNull();
	}

	@Test
	void doesNotRestartAService() throws Exception {
		end("feed-service-1", Tier.SERVICE);
		assertThat(this.lines).containsExactly("Start it with: ./agora start feed-service-1");
		assertThat(this.tasks).isEmpty();
	}

	@Test
	void doublesTheDelayAfterEachEndAndGivesUp() {
		RestartPolicy policy = new RestartPolicy();
		List<Long> delays = IntStream.range(0, RestartPolicy.ATTEMPTS)
			.mapToObj((attempt) -> policy.nextDelay(1, SHORT).orElseThrow().toSeconds())
			.toList();
		assertThat(delays).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L).endsWith(60L);
		assertThat(policy.nextDelay(1, SHORT)).isEmpty();
		assertThat(policy.note()).endsWith("the launcher does not restart it.");
	}

	@Test
	void resetsTheDelayAfterALongRun() {
		RestartPolicy policy = new RestartPolicy();
		policy.nextDelay(1, SHORT);
		policy.nextDelay(1, SHORT);
		assertThat(policy.nextDelay(1, Duration.ofMinutes(6))).contains(Duration.ofSeconds(1));
	}

}
