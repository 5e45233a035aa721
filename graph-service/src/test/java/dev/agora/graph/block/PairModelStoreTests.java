package dev.agora.graph.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.TestGraph;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One client for each pair of members, all at once. Each client knows the state of its
 * pair after every call, while the pairs share their members' counts.
 */
class PairModelStoreTests {

	private static final int CALLS = 120;

	private static final List<String> MEMBERS = List.of("0A", "0B", "0C", "0D", "0E");

	private static final TestMongoServer mongo = new TestMongoServer();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12 })
	void equalsTheModelOfEachPair(long seed) {
		TestGraph graph = new TestGraph(mongo);
		SplittableRandom random = new SplittableRandom(seed);
		List<Pair> pairs = new ArrayList<>();
		for (int one = 0; one < MEMBERS.size(); one++) {
			for (int other = 0; other < one; other++) {
				pairs.add(new Pair(graph, MEMBERS.get(one), MEMBERS.get(other), random.split()));
			}
		}
		Flux.fromIterable(pairs).flatMap((pair) -> pair.call().repeat(CALLS - 1), pairs.size()).blockLast();
		Set<String> follows = new TreeSet<>();
		Set<String> blocks = new TreeSet<>();
		pairs.forEach((pair) -> {
			follows.addAll(pair.follows);
			blocks.addAll(pair.blocks);
		});
		assertThat(graph.activeFollows(MEMBERS)).as("follows, seed %d", seed).isEqualTo(follows);
		assertThat(graph.activeBlocks(MEMBERS)).as("blocks, seed %d", seed).isEqualTo(blocks);
		assertThat(graph.differences(MEMBERS)).as("seed %d", seed).isEmpty();
	}

	/** The client of one pair, with the state that it expects. */
	private static final class Pair {

		private final TestGraph graph;

		private final String one;

		private final String other;

		private final SplittableRandom random;

		private final Set<String> follows = new TreeSet<>();

		private final Set<String> blocks = new TreeSet<>();

		Pair(TestGraph graph, String one, String other, SplittableRandom random) {
			this.graph = graph;
			this.one = one;
			this.other = other;
			this.random = random;
		}

		Mono<Void> call() {
			return Mono.defer(() -> {
				boolean isReversed = this.random.nextBoolean();
				String from = isReversed ? this.other : this.one;
				String to = isReversed ? this.one : this.other;
				int kind = this.random.nextInt(8);
				return (kind < 4) ? follow(from, to)
						: (kind < 6) ? unfollow(from, to) : (kind < 7) ? block(from, to) : unblock(from, to);
			});
		}

		private Mono<Void> follow(String from, String to) {
			if (this.blocks.isEmpty()) {
				this.follows.add(from + ":" + to);
				return this.graph.follow(from, to);
			}
			return this.graph.follow(from, to)
				.then(Mono.<Void>error(() -> new AssertionError("A follow succeeded although a block is active.")))
				.onErrorComplete(Forbidden.class);
		}

		private Mono<Void> unfollow(String from, String to) {
			this.follows.remove(from + ":" + to);
			return this.graph.follows.unfollow(from, to);
		}

		private Mono<Void> block(String from, String to) {
			this.follows.clear();
			this.blocks.add(from + ":" + to);
			return this.graph.block(from, to);
		}

		private Mono<Void> unblock(String from, String to) {
			this.blocks.remove(from + ":" + to);
			return this.graph.blocks.unblock(from, to);
		}

	}

}
