package dev.agora.platform.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

class CombinedReadsStoreTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static TestRedisServer server;

	private static TestInstance instance;

	private final TestOrigin origin = new TestOrigin();

	private final EventLoop loop = HttpResources.get().onServer(true).next();

	private final Scheduler scheduler = Schedulers.fromExecutor(this.loop);

	@BeforeAll
	static void start() {
		server = TestRedisServer.started();
		instance = new TestInstance(server);
	}

	@AfterAll
	static void stop() {
		instance.close();
		server.close();
	}

	@BeforeEach
	void empty() {
		server.flush();
	}

	@Test
	void readsTheObjectsOfOneTurnInOneCommand() {
		List<String> ids = cached(40);
		long single = calls("get");
		long combined = calls("mget");
		assertThat(readInOneTurn(ids)).containsExactlyElementsOf(ids);
		assertThat(calls("mget") - combined).isEqualTo(1);
		assertThat(calls("get") - single).isZero();
		assertThat(this.origin.reads()).isZero();
	}

	@Test
	void boundsTheReadsOfOneCommand() {
		List<String> ids = cached(150);
		long combined = calls("mget");
		assertThat(readInOneTurn(ids)).containsExactlyElementsOf(ids);
		assertThat(calls("mget") - combined).isEqualTo(3);
	}

	@Test
	void readsOneObjectForAllReadersOfOneTurn() {
		cached(1);
		long single = calls("get");
		assertThat(readInOneTurn(List.of("k0", "k0", "k0"))).containsOnly("k0");
		assertThat(calls("get") - single).isEqualTo(1);
	}

	@Test
	void deliversOnTheEventLoopOfTheReader() {
		cached(2);
		Boolean delivered = Mono.defer(() -> instance.things.get("k0", this.origin::one))
			.map((thing) -> this.loop.inEventLoop())
			.subscribeOn(this.scheduler)
			.block(LIMIT);
		assertThat(delivered).isTrue();
	}

	@Test
	void aKeyOfAnotherTypeFailsNoOtherReader() {
		List<String> ids = cached(3);
		instance.redis.getBucket("test:thing:v1:{k1}").delete();
		instance.redis.getList("test:thing:v1:{k1}", StringCodec.INSTANCE).add("junk");
		this.origin.has("k1", 1, "k1");
		assertThat(readInOneTurn(ids)).containsExactlyElementsOf(ids);
		assertThat(this.origin.reads()).isEqualTo(1);
	}

	@Test
	void readsTheSetsOfOneTurnInOneCommand() {
		cached(6);
		List<Set<String>> sets = List.of(Set.of("k0", "k1", "k2"), Set.of("k2", "k3"), Set.of("k4", "none"));
		long combined = calls("mget");
		List<Set<String>> found = Flux.fromIterable(sets)
			.flatMapSequential((ids) -> instance.things.getAll(ids, this.origin::all), sets.size())
			.map(Map::keySet)
			.subscribeOn(this.scheduler)
			.collectList()
			.block(LIMIT);
		assertThat(found).containsExactly(sets.get(0), sets.get(1), Set.of("k4"));
		assertThat(calls("mget") - combined).isEqualTo(1);
	}

	private List<String> cached(int count) {
		List<String> ids = IntStream.range(0, count).mapToObj((n) -> "k" + n).toList();
		ids.forEach((id) -> instance.things.put(id, 1, new Thing(id, 1)).block(LIMIT));
		return ids;
	}

	/** Subscribes to all reads before the event loop runs anything else. */
	private List<String> readInOneTurn(List<String> ids) {
		return Flux.fromIterable(ids)
			.flatMapSequential((id) -> instance.things.get(id, this.origin::one), ids.size())
			.map(Thing::name)
			.subscribeOn(this.scheduler)
			.collectList()
			.block(LIMIT);
	}

	private static long calls(String command) {
		String calls = instance.redis.getRedisNodes(RedisNodes.SINGLE)
			.getInstance()
			.info(InfoSection.COMMANDSTATS)
			.getOrDefault("cmdstat_" + command, "calls=0,");
		return Long.parseLong(calls.substring("calls=".length(), calls.indexOf(',')));
	}

}
