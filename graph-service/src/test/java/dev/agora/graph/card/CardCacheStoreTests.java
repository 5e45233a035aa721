package dev.agora.graph.card;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.graph.TestGraph;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CardCacheStoreTests {

	private static final String ANNA = "01ARZ3NDEKTSV";

	private static final long NUMBER = IdGenerator.toNumber(ANNA);

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestRedisServer redis = TestRedisServer.started();

	private final TestGraph graph = new TestGraph(this.mongo);

	private final RedissonClient client = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.client, this.redis.settings(), new SimpleMeterRegistry());

	private final CardCache cards = new CardCache(this.guard, this.graph.members, JsonMapper.shared());

	private final CardCache otherProcess = new CardCache(this.guard, this.graph.members, JsonMapper.shared());

	private final Reconciler<MemberCard> reconciler = this.graph.members
		.reconciler(new CardAnnouncer(this.guard, this.graph.memberTies));

	@AfterEach
	void close() {
		this.cards.close();
		this.otherProcess.close();
		this.guard.close();
		this.client.shutdown();
		this.redis.close();
		this.mongo.close();
	}

	@Test
	void readsAKeptCardWithoutMongo() {
		rename("anna", 1);
		awaitKept(this.cards);
	}

	@Test
	void replacesTheCardOfARenamedMemberInEachProcess() {
		rename("anna", 1);
		awaitKept(this.cards);
		awaitKept(this.otherProcess);
		rename("anna b", 2);
		await().untilAsserted(() -> assertThat(name(this.cards)).isEqualTo("anna b"));
		await().untilAsserted(() -> assertThat(name(this.otherProcess)).isEqualTo("anna b"));
	}

	@Test
	void leavesOutADeletedMember() {
		rename("anna", 1);
		awaitKept(this.otherProcess);
		this.reconciler.remove(ANNA, 2).block(BOUND);
		await().untilAsserted(() -> assertThat(this.otherProcess.list(List.of(NUMBER)).block(BOUND)).isEmpty());
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.otherProcess.require(ANNA).block(BOUND));
	}

	@Test
	void findsAMemberWhoWasUnknownBefore() {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.cards.require(ANNA).block(BOUND));
		assertThat(this.cards.list(List.of(NUMBER)).block(BOUND)).isEmpty();
		rename("anna", 1);
		assertThat(name(this.cards)).isEqualTo("anna");
		assertThat(this.cards.list(List.of(NUMBER)).block(BOUND)).extracting((kept) -> kept.card().id())
			.containsExactly(ANNA);
	}

	@Test
	void readsFromMongoWhileNoChangeCanBeReceived() {
		rename("anna", 1);
		awaitKept(this.cards);
		this.redis.stop(this.guard);
		rename("anna b", 2);
		await().untilAsserted(() -> assertThat(name(this.cards)).isEqualTo("anna b"));
	}

	private void rename(String name, long version) {
		this.reconciler.upsert(ANNA, version, new MemberCard(ANNA, "anna", name)).block(BOUND);
	}

	private void awaitKept(CardCache cache) {
		await().until(() -> {
			name(cache);
			int before = this.mongo.count("find", "members");
			name(cache);
			return this.mongo.count("find", "members") == before;
		});
	}

	private static String name(CardCache cache) {
		return cache.require(ANNA).map((kept) -> kept.card().name()).blockOptional(BOUND).orElseThrow();
	}

	/** Shorter than the lifetime of a card, which alone would replace it too. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(20));
	}

}
