package dev.agora.platform.cache;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads while Redis pauses for longer than the command time-out of 1 s. */
class LateRedisStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofMillis(1500);

	private final TestRedisServer server = TestRedisServer.started();

	private final TestInstance instance = new TestInstance(this.server);

	private final TestOrigin origin = new TestOrigin().has("a", 1, "first").has("b", 1, "b");

	/** Opens connections. */
	@BeforeEach
	void readOnce() {
		read("b");
		read("b");
		assertThat(this.origin.reads()).isEqualTo(1);
	}

	@AfterEach
	void stop() {
		this.instance.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALL", "WRITE" })
	void loadsWithTheLeaseWhenRedisRespondsLate(String commands) {
		pause(commands);
		assertThat(read("a")).isEqualTo(new Thing("first", 1));
		assertThat(this.instance.loads("lease")).isEqualTo(2);
		assertThat(read("a")).isEqualTo(new Thing("first", 1));
		assertThat(this.origin.reads("a")).isEqualTo(1);
		assertThat(this.instance.redis.getKeys().getKeys()).noneMatch((key) -> key.endsWith(":lease"));
	}

	@Test
	void storesAnEntryAlthoughRedisRespondsLate() {
		pause("ALL");
		assertThat(this.instance.things.put("a", 2, new Thing("second", 2)).block(LIMIT)).isTrue();
		assertThat(this.instance.missed()).isZero();
		assertThat(read("a")).isEqualTo(new Thing("second", 2));
	}

	@Test
	void doesNotRepeatALateCombinationAsSingleReads() {
		List<String> ids = IntStream.range(0, 40).mapToObj((n) -> "k" + n).toList();
		ids.forEach((id) -> this.instance.things.put(id, 1, new Thing(id, 1)).block(LIMIT));
		long before = calls("get");
		pause("ALL");
		EventLoop loop = HttpResources.get().onServer(true).next();
		List<String> read = Flux.fromIterable(ids)
			.flatMapSequential((id) -> this.instance.things.get(id, this.origin::one), ids.size())
			.map(Thing::name)
			.subscribeOn(Schedulers.fromExecutor(loop))
			.collectList()
			.block(LIMIT);
		assertThat(read).containsExactlyElementsOf(ids);
		assertThat(calls("mget")).isGreaterThan(1);
		assertThat(calls("get")).isEqualTo(before);
	}

	@Test
	void aPauseDoesNotOpenTheCircuitAfterManyCallsThatSucceeded() {
		Flux.range(0, 60).concatMap((n) -> this.instance.things.get("b", this.origin::one)).blockLast(LIMIT);
		pause("ALL");
		Flux.range(0, 12).flatMap((n) -> this.instance.things.get("b", this.origin::one)).blockLast(LIMIT);
		assertThat(this.instance.guard.isAvailable()).isTrue();
		assertThat(this.origin.reads("b")).isEqualTo(1);
	}

	private void pause(String commands) {
		this.server.pause(PAUSE, commands);
	}

	private Thing read(String id) {
		return this.instance.things.get(id, this.origin::one).blockOptional(LIMIT).orElseThrow();
	}

	private long calls(String command) {
		String calls = this.instance.redis.getRedisNodes(RedisNodes.SINGLE)
			.getInstance()
			.info(InfoSection.COMMANDSTATS)
			.getOrDefault("cmdstat_" + command, "calls=0,");
		return Long.parseLong(calls.substring("calls=".length(), calls.indexOf(',')));
	}

}
