package dev.agora.graph.set;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchResult;
import org.redisson.api.RBatch;
import org.redisson.api.RSet;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;

import dev.agora.graph.tie.TieKind;
import dev.agora.platform.redis.CombinedReads;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisRejection;

/**
 * Reads whole sets from Redis. The intersections that requests read in one turn of an
 * event loop share a round trip. A set with an element that is no id is deleted, so that
 * it is loaded again.
 */
final class SetReads {

	private final RedisGuard redis;

	private final boolean isCluster;

	private final CombinedReads<KeyPair, IdSet> intersections;

	/**
	 * Creates the reads.
	 * @param isCluster whether different members may be on different servers
	 */
	SetReads(RedisGuard redis, boolean isCluster) {
		this.redis = redis;
		this.isCluster = isCluster;
		this.intersections = new CombinedReads<>(HttpResources.get(), this::intersect, this::intersectAll,
				RedisRejection.class::isInstance);
	}

	/** Reads several sets in one round trip, without those that are not whole. */
	Mono<Map<String, IdSet>> readAll(TieKind kind, List<String> owners) {
		return this.redis.call(() -> {
			RBatch batch = this.redis.client().createBatch();
			owners.forEach((owner) -> readAll(batch, SetKeys.of(kind, owner)));
			return Mono.fromCompletionStage(batch::executeAsync);
		})
			.flatMap((result) -> toWholeSets(owners, result, (owner) -> List.of(SetKeys.of(kind, owner))))
			.onErrorResume(RedisRejection.class, (wrongType) -> Mono.fromSupplier(HashMap::new));
	}

	/** Reads what the sets of two members have in common; empty if one is not whole. */
	Mono<IdSet> intersect(TieKind kind, String one, String other) {
		Mono<IdSet> common = this.isCluster ? intersectAcrossServers(kind, one, other)
				: this.intersections.read(new KeyPair(SetKeys.of(kind, one), SetKeys.of(kind, other)));
		return common.onErrorResume(RedisRejection.class, (wrongType) -> Mono.empty());
	}

	private Mono<IdSet> intersect(KeyPair keys) {
		return this.redis
			.call(() -> Mono.fromCompletionStage(() -> set(keys.one()).readIntersectionAsync(keys.other())))
			.flatMap((elements) -> toWholeSet(keys.both(), elements));
	}

	private Mono<Map<KeyPair, IdSet>> intersectAll(Set<KeyPair> keys) {
		List<KeyPair> asked = List.copyOf(keys);
		return this.redis.call(() -> {
			RBatch batch = this.redis.client().createBatch();
			asked.forEach((pair) -> intersect(batch, pair));
			return Mono.fromCompletionStage(batch::executeAsync);
		}).flatMap((result) -> toWholeSets(asked, result, KeyPair::both));
	}

	/** Reads the smaller set, and which of its ids the larger set has. */
	private Mono<IdSet> intersectAcrossServers(TieKind kind, String one, String other) {
		return Mono.zip(size(kind, one), size(kind, other)).flatMap((sizes) -> {
			boolean isSmaller = sizes.getT1() <= sizes.getT2();
			return readAll(kind, List.of(isSmaller ? one : other))
				.flatMap((read) -> Mono.justOrEmpty(read.get(isSmaller ? one : other)))
				.flatMap((smaller) -> retain(smaller, kind, isSmaller ? other : one));
		});
	}

	private Mono<Integer> size(TieKind kind, String owner) {
		return this.redis.call(() -> Mono.fromCompletionStage(() -> set(kind, owner).sizeAsync()));
	}

	private Mono<IdSet> retain(IdSet smaller, TieKind kind, String larger) {
		List<Long> elements = LongStream.concat(LongStream.of(IdSet.MARKER), smaller.numbers()).boxed().toList();
		return this.redis.call(() -> Mono.fromCompletionStage(() -> set(kind, larger).containsEachAsync(elements)))
			.flatMap((retained) -> Mono.justOrEmpty(IdSet.ofWhole(retained)));
	}

	private RSet<Long> set(TieKind kind, String owner) {
		return set(SetKeys.of(kind, owner));
	}

	private RSet<Long> set(String key) {
		return this.redis.client().getSet(key, IdCodec.INSTANCE);
	}

	private static CompletionStage<Set<Long>> readAll(RBatch batch, String key) {
		return batch.<Long>getSet(key, IdCodec.INSTANCE).readAllAsync();
	}

	private static CompletionStage<Set<Long>> intersect(RBatch batch, KeyPair keys) {
		return batch.<Long>getSet(keys.one(), IdCodec.INSTANCE).readIntersectionAsync(keys.other());
	}

	private Mono<IdSet> toWholeSet(List<String> keys, Collection<Long> elements) {
		@Nullable IdSet set = IdSet.ofWhole(elements);
		return (set == null && elements.contains(IdCodec.NO_ID)) ? delete(keys).then(Mono.empty())
				: Mono.justOrEmpty(set);
	}

	private <K> Mono<Map<K, IdSet>> toWholeSets(List<K> asked, BatchResult<?> result, Function<K, List<String>> keys) {
		Map<K, IdSet> sets = new HashMap<>();
		List<String> damaged = new ArrayList<>();
		for (int at = 0; at < asked.size(); at++) {
			Collection<?> elements = (Collection<?>) result.getResponses().get(at);
			@Nullable IdSet set = IdSet.ofWhole(elements);
			if (set != null) {
				sets.put(asked.get(at), set);
			}
			else if (elements.contains(IdCodec.NO_ID)) {
				damaged.addAll(keys.apply(asked.get(at)));
			}
		}
		return damaged.isEmpty() ? Mono.just(sets) : delete(damaged).thenReturn(sets);
	}

	private Mono<Long> delete(List<String> keys) {
		return this.redis.call(() -> Mono
			.fromCompletionStage(() -> this.redis.client().getKeys().deleteAsync(keys.toArray(String[]::new))));
	}

	/** The keys of two sets that are intersected. */
	private record KeyPair(String one, String other) {

		List<String> both() {
			return List.of(this.one, this.other);
		}

	}

}
