package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

import dev.agora.platform.testing.TestRedisServer;

/** A writer and a reader of a stream in a Redis of their own. */
abstract class StreamReaderFixture {

	static final String KEY = "test:news:v1:{all}";

	/** A busy machine confirms late. */
	static final Duration MAX_AGE = Duration.ofSeconds(5);

	final TestRedisServer redis = TestRedisServer.started(Duration.ofSeconds(5));

	final RedissonClient client = this.redis.client();

	final RedisGuard guard = new RedisGuard(this.client, this.redis.settings(), new SimpleMeterRegistry());

	final StreamWriter writer = new StreamWriter(this.guard, KEY);

	final List<String> received = new CopyOnWriteArrayList<>();

	final StreamReader reader = new StreamReader(this.guard, KEY, MAX_AGE, this.received::add, Ticker.systemTicker());

	@AfterEach
	void close() {
		this.reader.close();
		this.guard.close();
		this.client.shutdown();
		this.redis.close();
	}

	/** A moment since which nothing was missed. */
	long awaitGapless() {
		await("nothing is missed").until(() -> this.reader.isGaplessSince(System.nanoTime()));
		return System.nanoTime();
	}

	long reads() {
		String calls = field("INFO commandstats", "cmdstat_xread");
		return Long.parseLong(calls.substring("calls=".length(), calls.indexOf(',')));
	}

	/** The ids of the connections, without the one that asks. */
	Set<String> connections() {
		return this.redis.ask("CLIENT LIST")
			.lines()
			.filter((line) -> line.startsWith("id=") && !line.contains("cmd=client"))
			.map((line) -> line.substring(0, line.indexOf(' ')))
			.collect(Collectors.toSet());
	}

	String field(String command, String name) {
		return this.redis.ask(command)
			.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1))
			.findFirst()
			.orElseThrow();
	}

	void append(String text) {
		this.writer.append(text).block(Duration.ofSeconds(30));
	}

	RStream<String, String> stream() {
		return this.client.getStream(KEY, StringCodec.INSTANCE);
	}

	static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
