package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.cache.TestInstance;
import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.cache.TestOrigin;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Runs as a user of Redis with the permissions of docs/kubernetes.md and no others. */
class RedisRightsStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** The permissions that docs/kubernetes.md lists. */
	private static final String RIGHTS = "resetkeys ~session:* ~product:* ~feed:* ~graph:* ~gateway:* "
			+ "resetchannels -@all +@read +@write +@string +@list +@stream +@keyspace -@dangerous +@scripting "
			+ "+@connection +time +info";

	private static TestRedisServer server;

	private final TestOrigin origin = new TestOrigin().has("a", 1, "a").has("b", 1, "b");

	private TestInstance instance;

	@BeforeAll
	static void start() {
		server = TestRedisServer.started();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void open() {
		server.flush();
		allow(RIGHTS);
		this.instance = new TestInstance(server, "agora", "secret", "session");
	}

	@AfterEach
	void close() {
		this.instance.close();
	}

	@Test
	void worksWithTheListedPermissions() {
		assertThat(missing()).isEmpty();
		assertThat(this.instance.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT)).hasSize(2);
		assertThat(this.instance.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isTrue();
		assertThat(this.instance.things.get("a", this.origin::one).block(LIMIT)).isEqualTo(new Thing("new", 2));
		assertThat(this.instance.things.remove("b", 3).block(LIMIT)).isTrue();
		server.ask("DEL session:thing:v1:{a}", "RPUSH session:thing:v1:{a} junk");
		assertThat(this.instance.things.get("a", this.origin::one).block(LIMIT)).isEqualTo(new Thing("a", 1));
		assertThat(this.instance.meters.counter("redis.rejected").count()).isZero();
		assertThat(refused()).isEmpty();
	}

	@Test
	void writesAndReadsAStreamWithTheListedPermissions() {
		StreamWriter writer = new StreamWriter(this.instance.guard, "session:news:v1:{all}");
		Queue<String> received = new ConcurrentLinkedQueue<>();
		try (StreamReader reader = new StreamReader(this.instance.guard, "session:news:v1:{all}", LIMIT, received::add,
				Ticker.systemTicker())) {
			Awaitility.await().atMost(LIMIT).until(reader::isConfirmed);
			writer.append("news").block(LIMIT);
			Awaitility.await().atMost(LIMIT).until(() -> received.contains("news"));
		}
		assertThat(refused()).isEmpty();
	}

	@Test
	void reportsMissingPermissions() {
		allow(RIGHTS + " -info -lpos");
		assertThat(missing()).isEqualTo("LPOS, INFO");
		assertThat(this.instance.guard.isAvailable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-llen", "-@scripting", "-evalsha", "-script", "resetkeys ~other:*" })
	void treatsAMissingPermissionAsUnavailableUntilItIsGranted(String withdrawn) {
		server.ask("SCRIPT FLUSH", "RPUSH session:list:v1:{a} one");
		allow(RIGHTS + " " + withdrawn);
		for (int time = 0; time < 30; time++) {
			assertThatExceptionOfType(RedisUnavailable.PermissionMissing.class).isThrownBy(this::lengths);
		}
		assertThat(this.instance.guard.isAvailable()).isTrue();
		allow(RIGHTS);
		assertThat(lengths()).containsExactly(1L, 0L);
	}

	@Test
	void readsTheOriginWithoutAnyPermission() {
		allow("-@all");
		for (int time = 0; time < 30; time++) {
			assertThat(this.instance.things.get("a", this.origin::one).block(LIMIT)).isEqualTo(new Thing("a", 1));
		}
		assertThat(this.instance.meters.counter("redis.rejected").count()).isPositive();
	}

	private List<Long> lengths() {
		Script<Long> length = Script.ofNumber("return redis.call('LLEN', KEYS[1])");
		List<Call> calls = List.of(Call.of("session:list:v1:{a}"), Call.of("session:list:v1:{b}"));
		RedisScripts scripts = new RedisScripts(this.instance.redis);
		return this.instance.guard.call(() -> scripts.runAll(length, calls)).block(LIMIT);
	}

	private String missing() {
		try (RedisRights rights = new RedisRights(this.instance.guard, "session-service")) {
			return rights.missing().block(LIMIT);
		}
	}

	private static void allow(String rights) {
		assertThat(server.ask("ACL SETUSER agora on >secret " + rights, "ACL LOG RESET")).isEqualTo("+OK\r\n+OK\r\n");
	}

	/** Returns the keys, commands and channels that Redis has refused the user. */
	private static List<String> refused() {
		List<String> answer = server.ask("ACL LOG").lines().toList();
		return IntStream.range(0, answer.size() - 2)
			.filter((at) -> answer.get(at).equals("object"))
			.mapToObj((at) -> answer.get(at + 2))
			// Redisson checks this key at its start, and works without access to it.
			.filter((object) -> !object.equals("test1"))
			.toList();
	}

}
