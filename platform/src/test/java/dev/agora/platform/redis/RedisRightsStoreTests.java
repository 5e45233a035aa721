package dev.agora.platform.redis;

import java.time.Clock;
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

import dev.agora.platform.cache.TestInstance;
import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.cache.TestOrigin;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A user of Redis who has the rights of docs/operations.md and no others. */
class RedisRightsStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** As docs/operations.md has it. */
	private static final String RIGHTS = "resetkeys ~session:* ~product:* ~feed:* ~gateway:* "
			+ "resetchannels &session:* -@all +@read +@write +@string +@list +@keyspace -@dangerous +@scripting "
			+ "+@pubsub +@connection +time +info";

	private static TestRedisServer server;

	private final TestOrigin origin = new TestOrigin().has("a", 1, "a").has("b", 1, "b");

	private TestInstance clone;

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
		this.clone = new TestInstance(server, "agora", "secret", "session");
	}

	@AfterEach
	void close() {
		this.clone.close();
	}

	@Test
	void theListedRightsAreEnough() {
		assertThat(missing()).isEmpty();
		assertThat(this.clone.things.getAll(List.of("a", "b"), this.origin::all).block(LIMIT)).hasSize(2);
		assertThat(this.clone.things.put("a", 2, new Thing("new", 2)).block(LIMIT)).isTrue();
		assertThat(this.clone.things.get("a", this.origin::one).block(LIMIT)).isEqualTo(new Thing("new", 2));
		assertThat(this.clone.things.remove("b", 3).block(LIMIT)).isTrue();
		server.ask("DEL session:thing:v1:{a}", "RPUSH session:thing:v1:{a} junk");
		assertThat(this.clone.things.get("a", this.origin::one).block(LIMIT)).isEqualTo(new Thing("a", 1));
		assertThat(this.clone.meters.counter("redis.rejected").count()).isZero();
		assertThat(refused()).isEmpty();
	}

	@Test
	void broadcastsAreHeard() {
		Broadcast broadcast = new Broadcast(this.clone.guard, "session:news:v1", Clock.systemUTC());
		Queue<String> heard = new ConcurrentLinkedQueue<>();
		try (Subscription reception = new Subscription(broadcast, Duration.ofMillis(50), LIMIT, heard::add,
				Ticker.systemTicker())) {
			Awaitility.await().atMost(LIMIT).until(() -> reception.isProven(LIMIT));
			broadcast.tell("news").block(LIMIT);
			Awaitility.await().atMost(LIMIT).until(() -> heard.contains("news"));
		}
		assertThat(refused()).isEmpty();
	}

	@Test
	void namesWhatIsMissing() {
		allow(RIGHTS + " -info -lpos");
		assertThat(missing()).isEqualTo("LPOS, INFO");
		assertThat(this.clone.guard.isAvailable()).isTrue();
	}

	@Test
	void readsGoOnWithoutAnyRights() {
		allow("-@all");
		for (int time = 0; time < 30; time++) {
			assertThat(this.clone.things.get("a", this.origin::one).block(LIMIT)).isEqualTo(new Thing("a", 1));
		}
		assertThat(this.clone.meters.counter("redis.rejected").count()).isPositive();
	}

	private String missing() {
		try (RedisRights rights = new RedisRights(this.clone.guard, "session-service")) {
			return rights.missing().block(LIMIT);
		}
	}

	private static void allow(String rights) {
		assertThat(server.ask("ACL SETUSER agora on >secret " + rights, "ACL LOG RESET")).isEqualTo("+OK\r\n+OK\r\n");
	}

	/** Keys, commands and channels that Redis has refused the user. */
	private static List<String> refused() {
		List<String> answer = server.ask("ACL LOG").lines().toList();
		return IntStream.range(0, answer.size() - 2)
			.filter((at) -> answer.get(at).equals("object"))
			.mapToObj((at) -> answer.get(at + 2))
			// Redisson tries a script of its own on it, and does without.
			.filter((object) -> !object.equals("test1"))
			.toList();
	}

}
