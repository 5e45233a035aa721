package dev.agora.graph.suggestion.rank;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.mongo.Batches;

/**
 * Reads the friends of a member's friends within a bound. The friends of a friend are
 * kept for seconds, since members who are computed together have friends in common.
 */
public final class FriendScan {

	private static final Duration TTL = Duration.ofSeconds(10);

	/** As many numbers as 16 MB hold. */
	private static final long MAX_CACHED = 2_000_000;

	/** A set of one friend may use this part of the bound. */
	private static final int PARTS = 5;

	private static final int CONCURRENCY = 8;

	private final Ties ties;

	private final MemberGraphs graphs;

	private final AsyncCache<FriendSetKey, long[]> sets = Caffeine.newBuilder()
		.expireAfterWrite(TTL)
		.maximumWeight(MAX_CACHED)
		.weigher((FriendSetKey key, long[] set) -> set.length + 1)
		.buildAsync();

	public FriendScan(Ties ties, MemberGraphs graphs) {
		this.ties = ties;
		this.graphs = graphs;
	}

	/**
	 * Reads the friends of a member's friends. Friends whose sets are too large for the
	 * bound are left out, and the result is then not complete. Their counts tell which
	 * these are, so that such sets are not even read.
	 * @param maxIds the maximum number of ids to read
	 */
	public Mono<Neighbourhood> read(String member, int maxIds) {
		int maxSet = maxIds / PARTS;
		return this.ties.ids(member, TieKind.FRIENDS, null, maxSet + 1)
			.collectList()
			.flatMap((friends) -> read(friends, new Budget(maxIds - friends.size(), maxSet))
				.map((found) -> new Neighbourhood(found, found.size() == friends.size())));
	}

	private Mono<Map<Long, long[]>> read(List<String> friends, Budget budget) {
		Map<Long, long[]> found = new ConcurrentHashMap<>();
		return Flux.fromIterable(friends)
			.take(budget.maxSet)
			.buffer(Batches.SIZE)
			.concatMap((part) -> affordable(part, budget), 1)
			.flatMap((friend) -> readSet(friend, budget.maxSet).filter(budget::isWithin)
				.doOnNext((set) -> found.put(IdGenerator.toNumber(friend), set)), CONCURRENCY)
			.then(Mono.just(found));
	}

	/** Charges the sets of some friends, and leaves out those that cost too much. */
	private Flux<String> affordable(List<String> friends, Budget budget) {
		return this.graphs.findAll(friends)
			.collectMap(MemberGraph::owner, (graph) -> graph.size(TieKind.FRIENDS))
			.flatMapIterable((sizes) -> friends.stream()
				.filter((each) -> budget.trySpend(sizes.getOrDefault(each, 0L)))
				.toList());
	}

	/** Reads one id more than allowed from a set that has become too large. */
	private Mono<long[]> readSet(String friend, int maxSet) {
		return Mono.fromFuture(() -> this.sets.get(new FriendSetKey(friend, maxSet),
				(key, executor) -> this.ties.ids(friend, TieKind.FRIENDS, null, maxSet + 1)
					.map(IdGenerator::toNumber)
					.collectList()
					.map((numbers) -> numbers.stream().mapToLong(Long::longValue).sorted().toArray())
					.toFuture()),
				true);
	}

	private record FriendSetKey(String friend, int maxSet) {
	}

	/** The number of ids that may still be read. */
	private static final class Budget {

		private int left;

		private final int maxSet;

		Budget(int maxIds, int maxSet) {
			this.left = maxIds;
			this.maxSet = maxSet;
		}

		/** Charges a set, if it is not too large for what is left. */
		boolean trySpend(long size) {
			if (size > Math.min(this.maxSet, this.left)) {
				return false;
			}
			this.left -= (int) Math.max(1, size);
			return true;
		}

		boolean isWithin(long[] set) {
			return set.length <= this.maxSet;
		}

	}

}
