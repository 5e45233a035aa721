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
 * Follows, unfollows, blocks and unblocks in random order, by several clients at once.
 */
class GraphModelStoreTests {

	private static final int CALLS = 1_500;

	private static final int CLIENTS = 8;

	private static final List<String> MEMBERS = List.of("0A", "0B", "0C", "0D", "0E");

	private static final TestMongoServer mongo = new TestMongoServer();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void endsInAStateThatAnOrderExplains(long seed) {
		List<TestGraph> instances = instances();
		SplittableRandom random = new SplittableRandom(seed);
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			calls.add(Call.random(random, MEMBERS));
		}
		Flux.fromIterable(calls)
			.flatMap((call) -> call.send(instances.get(random.split().nextInt(instances.size()))), CLIENTS)
			.blockLast();
		TestGraph graph = instances.get(0);
		assertThat(graph.differences(MEMBERS)).as("seed %d", seed).isEmpty();
		assertThat(separated(graph)).as("follows with an active block, seed %d", seed).isEmpty();
	}

	private static List<TestGraph> instances() {
		TestGraph first = new TestGraph(mongo);
		return List.of(first, new TestGraph(first.database));
	}

	/** Returns the active follows between whose members a block is active. */
	private static Set<String> separated(TestGraph graph) {
		Set<String> blocked = new TreeSet<>();
		graph.activeBlocks(MEMBERS).forEach((id) -> {
			blocked.add(id);
			blocked.add(id.split(":", 2)[1] + ":" + id.split(":", 2)[0]);
		});
		Set<String> follows = new TreeSet<>(graph.activeFollows(MEMBERS));
		follows.retainAll(blocked);
		return follows;
	}

	/** A call of a client. */
	private record Call(int kind, String from, String to) {

		static Call random(SplittableRandom random, List<String> members) {
			int from = random.nextInt(members.size());
			int to = (from + 1 + random.nextInt(members.size() - 1)) % members.size();
			int kind = random.nextInt(10);
			return new Call((kind < 5) ? 0 : (kind < 7) ? 1 : (kind < 8) ? 2 : 3, members.get(from), members.get(to));
		}

		Mono<Void> send(TestGraph graph) {
			return switch (this.kind) {
				case 0 -> graph.follow(this.from, this.to).onErrorComplete(Forbidden.class);
				case 1 -> graph.follows.unfollow(this.from, this.to);
				case 2 -> graph.block(this.from, this.to);
				default -> graph.blocks.unblock(this.from, this.to);
			};
		}

	}

}
