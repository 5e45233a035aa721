package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThatCode;

/** Runs scripts that Redis loses before each run and once more during the run. */
class RedisScriptsStoreTests {

	private static final Script<Long> ADD = Script.ofNumber("return redis.call('INCRBY', KEYS[1], ARGV[1])");

	private static final int RUNS = 1000;

	private static final TestRedisServer server = TestRedisServer.started(Duration.ofMinutes(1));

	private final RedissonClient client = server.client();

	private final RedisScripts scripts = new RedisScripts(this.client);

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void shutDown() {
		this.client.shutdown();
	}

	@Test
	void runsOneCallOfLostScript() {
		survivesLosses(this.scripts.run(ADD, Call.of("a", 1)));
	}

	@Test
	void runsSeveralCallsOfLostScript() {
		survivesLosses(this.scripts.runAll(ADD, List.of(Call.of("a", 1), Call.of("b", 2))));
	}

	private static void survivesLosses(Mono<?> run) {
		Mono<Void> loss = Mono.<Void>fromRunnable(() -> server.ask("SCRIPT FLUSH"))
			.subscribeOn(Schedulers.boundedElastic());
		assertThatCode(() -> Mono.when(loss, run).repeat(RUNS - 1).blockLast()).doesNotThrowAnyException();
	}

}
