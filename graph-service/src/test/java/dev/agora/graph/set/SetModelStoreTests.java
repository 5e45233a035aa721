package dev.agora.graph.set;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.graph.TestGraph;
import dev.agora.graph.count.MemberGraphChange;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads sets from two instances while follows change them and Redis loses keys. Each set
 * that is read must have every follow that was acknowledged before the read began, and no
 * follow that began after the read ended.
 */
class SetModelStoreTests {

	private static final List<TieKind> KINDS = List.of(TieKind.values());

	private static final int STEPS = 600;

	private static final int CONCURRENCY = 6;

	private static final TestMongoServer mongo = new TestMongoServer();

	/** An instance knows only of its own changes that Redis has not confirmed. */
	private static final TestRedisServer redis = TestRedisServer.started(Duration.ofMinutes(1));

	private final List<String> members = Stream.generate(new IdGenerator(Clock.systemUTC())::next).limit(5).toList();

	private final Map<String, FollowHistory> histories = new HashMap<>();

	private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

	@AfterAll
	static void stop() {
		redis.close();
		mongo.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void readsWholeSetsOnly(long seed) {
		this.members.forEach(
				(one) -> this.members.forEach((other) -> this.histories.put(one + ":" + other, new FollowHistory())));
		TestGraph graph = new TestGraph(mongo);
		try (SetInstance one = new SetInstance(graph, redis, SetInstance.settings(100));
				SetInstance other = new SetInstance(new TestGraph(graph.database), redis, SetInstance.settings(100))) {
			SplittableRandom random = new SplittableRandom(seed);
			Flux.range(0, STEPS)
				.flatMap((step) -> step(random.split(), random.nextBoolean() ? one : other), CONCURRENCY)
				.blockLast();
			this.members.forEach((member) -> KINDS.forEach(
					(kind) -> assertThat(one.read(kind, member).block()).as("%s of %s, seed %d", kind, member, seed)
						.isEqualTo(graph.ids(member, kind))));
			assertThat(one.loads("stored") + other.loads("stored")).isPositive();
		}
		assertThat(this.wrong).as("seed %d", seed).isEmpty();
	}

	private Mono<Void> step(SplittableRandom random, SetInstance instance) {
		int kind = random.nextInt(20);
		if (kind < 11) {
			return read(random, instance);
		}
		if (kind < 17) {
			return write(random, instance);
		}
		return (kind == 17) ? repeat(random, instance)
				: Mono.<Void>fromRunnable(() -> damage(random)).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Void> read(SplittableRandom random, SetInstance instance) {
		String owner = any(random);
		TieKind kind = KINDS.get(random.nextInt(KINDS.size()));
		return Mono.defer(() -> {
			long begin = System.nanoTime();
			return instance.read(kind, owner).doOnNext((found) -> check(kind, owner, found, begin));
		}).then();
	}

	private void check(TieKind kind, String owner, Set<String> found, long begin) {
		long end = System.nanoTime();
		for (String other : this.members) {
			FollowHistory out = this.histories.get(owner + ":" + other);
			FollowHistory in = this.histories.get(other + ":" + owner);
			boolean must = switch (kind) {
				case FOLLOWING -> out.wasThroughout(true, begin, end);
				case FOLLOWERS -> in.wasThroughout(true, begin, end);
				case FRIENDS -> out.wasThroughout(true, begin, end) && in.wasThroughout(true, begin, end);
			};
			boolean mustNot = switch (kind) {
				case FOLLOWING -> out.wasThroughout(false, begin, end);
				case FOLLOWERS -> in.wasThroughout(false, begin, end);
				case FRIENDS -> out.wasThroughout(false, begin, end) || in.wasThroughout(false, begin, end);
			};
			if ((must && !found.contains(other)) || (mustNot && found.contains(other))) {
				this.wrong.add("%s of %s: %s, other %s, must %s".formatted(kind, owner, found, other, must));
			}
		}
	}

	/** Follows or unfollows, one write of a pair at a time. */
	private Mono<Void> write(SplittableRandom random, SetInstance instance) {
		String from = any(random);
		String to = any(random);
		FollowHistory history = this.histories.get(from + ":" + to);
		boolean follow = random.nextInt(3) > 0;
		if (from.equals(to) || !history.tryBegin(follow)) {
			return Mono.empty();
		}
		Mono<Void> write = follow ? instance.follow(from, to) : instance.follows.unfollow(from, to);
		return write.then(Mono.fromRunnable(() -> history.end(follow)));
	}

	/** Repeats a change that another attempt or process has applied before. */
	private Mono<Void> repeat(SplittableRandom random, SetInstance instance) {
		List<MemberGraphChange> past = List.copyOf(instance.changes);
		return past.isEmpty() ? Mono.empty() : instance.sets.onChanges(List.of(past.get(random.nextInt(past.size()))));
	}

	/** Loses or replaces keys. */
	private void damage(SplittableRandom random) {
		TieKind kind = KINDS.get(random.nextInt(KINDS.size()));
		String key = "graph:" + kind.name().toLowerCase(Locale.ROOT) + ":v1:{" + any(random) + "}";
		String suffix = List.of("", ":state", ":new").get(random.nextInt(3));
		switch (random.nextInt(6)) {
			case 0 -> redis.ask("FLUSHALL");
			case 1, 2 -> redis.ask("DEL " + key + suffix);
			case 3 -> redis.ask("DEL " + key + suffix, "RPUSH " + key + suffix + " 1");
			case 4 -> redis.ask("DEL " + key + suffix, "SET " + key + suffix + " 1");
			default -> redis.ask("SCRIPT FLUSH");
		}
	}

	private String any(SplittableRandom random) {
		return this.members.get(random.nextInt(this.members.size()));
	}

}
