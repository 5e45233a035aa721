package dev.agora.graph.set;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

import dev.agora.graph.TestGraph;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

class IdSetsStoreTests {

	private static final int MAX_IDS = 6;

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started(Duration.ofMinutes(1));

	private final List<String> ids = Stream.generate(new IdGenerator(Clock.systemUTC())::next).limit(12).toList();

	private final String anna = this.ids.get(0);

	private final String ben = this.ids.get(1);

	private SetInstance one;

	private SetInstance other;

	@AfterAll
	static void stop() {
		redis.close();
		mongo.close();
	}

	@BeforeEach
	void open() {
		redis.flush();
		TestGraph graph = new TestGraph(mongo);
		this.one = new SetInstance(graph, redis, SetInstance.settings(MAX_IDS));
		this.other = new SetInstance(new TestGraph(graph.database), redis, SetInstance.settings(MAX_IDS));
	}

	@AfterEach
	void close() {
		this.one.close();
		this.other.close();
	}

	@Test
	void listsWhatTwoMembersHaveInCommonPageByPage() {
		befriend(this.anna, 2, 7);
		befriend(this.ben, 4, 9);
		List<String> common = List.of(this.ids.get(6), this.ids.get(5), this.ids.get(4));
		assertThat(common(this.one, new PageRequest(2, null)))
			.isEqualTo(new Page<>(common.subList(0, 2), this.ids.get(5)));
		assertThat(common(this.one, new PageRequest(2, this.ids.get(5))))
			.isEqualTo(new Page<>(common.subList(2, 3), null));
		assertThat(this.one.sets.intersectUncached(TieKind.FRIENDS, this.anna, this.ben, new PageRequest(20, null))
			.block()).isEqualTo(new Page<>(common, null));
	}

	@Test
	void findsTheSameOnDifferentServersOfACluster() {
		befriend(this.anna, 2, 7);
		befriend(this.ben, 4, 9);
		try (SetInstance cluster = new SetInstance(this.one.graph, redis, SetInstance.settings(MAX_IDS), true)) {
			assertThat(common(cluster, new PageRequest(20, null)).items()).hasSize(3)
				.isEqualTo(common(this.one, new PageRequest(20, null)).items());
			redis.flush();
			assertThat(common(cluster, new PageRequest(20, null)).items()).hasSize(3);
		}
	}

	@Test
	void findsTheSameInSetsThatAreTooLarge() {
		befriend(this.anna, 2, 12);
		befriend(this.ben, 4, 9);
		assertThat(common(this.one, new PageRequest(20, null)).items()).hasSize(5);
		assertThat(redis.ask("SCARD " + SetKeys.of(TieKind.FRIENDS, this.anna))).contains(":0");
		this.one.follows.unfollow(this.anna, this.ids.get(8)).block();
		assertThat(common(this.other, new PageRequest(20, null)).items()).hasSize(4);
	}

	@Test
	void keepsApartTheIntersectionsOfOneTurnWhenOneKeyIsDamaged() {
		String cleo = this.ids.get(10);
		befriend(this.anna, 2, 7);
		befriend(this.ben, 4, 9);
		befriend(cleo, 2, 4);
		Map<String, Integer> expected = Map.of(this.anna + this.ben, 3, this.anna + cleo, 2, this.ben + cleo, 0);
		assertThat(sizesInOneTurn(cleo)).isEqualTo(expected);
		String key = SetKeys.of(TieKind.FRIENDS, cleo);
		redis.ask("DEL " + key, "RPUSH " + key + " 1");
		assertThat(sizesInOneTurn(cleo)).isEqualTo(expected);
		assertThat(sizesInOneTurn(cleo)).isEqualTo(expected);
	}

	/** Both sets have each damaged element, so that it is in what they have in common. */
	@ParameterizedTest
	@ValueSource(strings = { "rubbish", "-5", "1.5", "99999999999999999999", "9999999999999999999" })
	void loadsSetsAgainThatHaveAnElementThatIsNoId(String element) {
		String cleo = this.ids.get(10);
		befriend(this.anna, 2, 7);
		befriend(this.ben, 4, 9);
		befriend(cleo, 2, 4);
		Map<String, Integer> expected = Map.of(this.anna + this.ben, 3, this.anna + cleo, 2, this.ben + cleo, 0);
		assertThat(sizesInOneTurn(cleo)).isEqualTo(expected);
		damage(element);
		assertThat(sizesInOneTurn(cleo)).isEqualTo(expected);
		damage(element);
		assertThat(common(this.one, new PageRequest(20, null)).items()).hasSize(3);
		damage(element);
		assertThat(this.one.read(TieKind.FRIENDS, this.anna).block()).hasSize(5);
		assertThat(redis.ask("SISMEMBER " + SetKeys.of(TieKind.FRIENDS, this.anna) + " " + element)).contains(":0");
	}

	private void damage(String element) {
		for (String member : List.of(this.anna, this.ben)) {
			redis.ask("SADD " + SetKeys.of(TieKind.FRIENDS, member) + " " + element);
		}
	}

	private Map<String, Integer> sizesInOneTurn(String cleo) {
		Scheduler turn = Schedulers.fromExecutor(HttpResources.get().onServer(true).next());
		return Flux.just(List.of(this.anna, this.ben), List.of(this.anna, cleo), List.of(this.ben, cleo))
			.flatMap((pair) -> this.one.sets
				.intersect(TieKind.FRIENDS, pair.get(0), pair.get(1), new PageRequest(20, null))
				.map((page) -> Map.entry(pair.get(0) + pair.get(1), page.items().size())))
			.subscribeOn(turn)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block(Duration.ofSeconds(30));
	}

	@Test
	void loadsASetOnceForManyReadersOfTwoInstances() {
		befriend(this.anna, 2, 7);
		befriend(this.ben, 4, 9);
		redis.flush();
		long before = this.one.loads("stored") + this.other.loads("stored");
		Flux.range(0, 200)
			.flatMap((reader) -> read((reader % 2 == 0) ? this.one : this.other), 200)
			.doOnNext((page) -> assertThat(page.items()).hasSize(3))
			.blockLast();
		assertThat(this.one.loads("stored") + this.other.loads("stored") - before).isEqualTo(2);
	}

	@Test
	void changesTheSetsWithTheFollow() {
		assertThat(this.one.read(TieKind.FOLLOWERS, this.ben).block()).isEmpty();
		this.one.follow(this.anna, this.ben).block();
		assertThat(this.other.read(TieKind.FOLLOWERS, this.ben).block()).containsExactly(this.anna);
		this.other.follows.unfollow(this.anna, this.ben).block();
		assertThat(this.one.read(TieKind.FOLLOWERS, this.ben).block()).isEmpty();
		assertThat(this.one.loads("stored") + this.other.loads("stored")).isEqualTo(1);
	}

	@Test
	void evictsASetThatLacksAChangeOfAProcessThatEnded() {
		assertThat(this.one.read(TieKind.FOLLOWING, this.anna).block()).isEmpty();
		this.one.graph.follow(this.anna, this.ben).block();
		assertThat(this.one.read(TieKind.FOLLOWING, this.anna).block()).isEmpty();
		this.other.sets.evictOutdated(List.of(this.anna)).block();
		assertThat(this.one.read(TieKind.FOLLOWING, this.anna).block()).containsExactly(this.ben);
	}

	@Test
	void losesAMemberWhoseFollowEndedBeforeItWasCounted() {
		mongo.failNext("insert", "memberGraphs");
		this.one.follow(this.anna, this.ben).onErrorComplete().block();
		assertThat(this.one.read(TieKind.FOLLOWING, this.anna).block()).containsExactly(this.ben);
		this.other.follows.unfollow(this.anna, this.ben).block();
		assertThat(this.one.read(TieKind.FOLLOWING, this.anna).block()).isEmpty();
	}

	@Test
	void losesAFriendWhoseFollowWasNeverCounted() {
		this.one.follow(this.anna, this.ben).block();
		mongo.failNext("update", "memberGraphs");
		this.one.follow(this.ben, this.anna).onErrorComplete().block();
		assertThat(this.one.read(TieKind.FRIENDS, this.anna).block()).containsExactly(this.ben);
		this.other.follows.unfollow(this.anna, this.ben).block();
		assertThat(this.one.read(TieKind.FRIENDS, this.anna).block()).isEmpty();
	}

	@Test
	void readsMongoWhileRedisIsUnavailableAndNeverStaleSetsAfterwards() {
		befriend(this.anna, 2, 4);
		try (TestRedisServer frozen = TestRedisServer.started();
				SetInstance instance = new SetInstance(this.one.graph, frozen, SetInstance.settings(MAX_IDS))) {
			assertThat(instance.read(TieKind.FRIENDS, this.anna).block()).hasSize(2);
			frozen.freeze();
			instance.follows.unfollow(this.anna, this.ids.get(2)).block();
			assertThat(instance.read(TieKind.FRIENDS, this.anna).block()).containsExactly(this.ids.get(3));
			frozen.thaw();
			assertThat(instance.read(TieKind.FRIENDS, this.anna).block()).containsExactly(this.ids.get(3));
		}
	}

	@Test
	void expiresEachKey() {
		befriend(this.anna, 2, 4);
		this.one.read(TieKind.FRIENDS, this.anna).block();
		String key = SetKeys.of(TieKind.FRIENDS, this.anna);
		assertThat(key).isEqualTo("graph:friends:v1:{" + this.anna + "}");
		for (String each : List.of(key, key + ":state")) {
			String reply = redis.ask("PTTL " + each).strip();
			assertThat(Long.parseLong(reply.substring(1))).isBetween(1L, 900_000L);
		}
	}

	private Page<String> common(SetInstance instance, PageRequest page) {
		return Objects.requireNonNull(instance.sets.intersect(TieKind.FRIENDS, this.anna, this.ben, page).block())
			.map(IdGenerator::ofNumber);
	}

	private Mono<Page<Long>> read(SetInstance instance) {
		return instance.sets.intersect(TieKind.FRIENDS, this.anna, this.ben, new PageRequest(20, null));
	}

	private void befriend(String member, int from, int to) {
		IntStream.range(from, to).mapToObj(this.ids::get).forEach((friend) -> {
			this.one.follow(member, friend).block();
			this.one.follow(friend, member).block();
		});
	}

}
