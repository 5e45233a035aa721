package dev.agora.platform.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import dev.agora.platform.cache.envelope.CacheLookup;
import dev.agora.platform.cache.envelope.CacheLookup.Outcome;
import dev.agora.platform.cache.envelope.CachePut;
import dev.agora.platform.cache.envelope.Envelope;
import dev.agora.platform.cache.envelope.EnvelopeCodec;
import dev.agora.platform.cache.envelope.EnvelopeStore;
import dev.agora.platform.consistency.CopyAge;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisUnavailable;

/**
 * Caches whole objects of one kind in Redis. If Redis is slow or unavailable, callers
 * still receive the object, from its origin. {@link ObjectCaches} creates the caches.
 */
public final class ObjectCache<T> {

	private static final Logger log = LoggerFactory.getLogger(ObjectCache.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private final EnvelopeStore store;

	private final EnvelopeCodec<T> codec;

	private final LeasedLoader<T> loader;

	private final PendingInvalidations pending;

	private final CacheMeters meters;

	private final SingleFlight<T> singleFlight = new SingleFlight<>();

	ObjectCache(EnvelopeStore store, EnvelopeCodec<T> codec, LeasedLoader<T> loader, PendingInvalidations pending,
			CacheMeters meters) {
		this.store = store;
		this.codec = codec;
		this.loader = loader;
		this.pending = pending;
		this.meters = meters;
	}

	/**
	 * Gets an object from the cache or from its origin; empty if it does not exist.
	 * @param origin reads the object; one reader in the cluster calls it at a time
	 */
	public Mono<T> get(String id, CacheLoader<T> origin) {
		return Mono.deferContextual((request) -> this.store.read(id)
			.onErrorReturn(RedisFailure.class, Envelope.UNAVAILABLE)
			.flatMap((envelope) -> getOrLoad(id, envelope, origin, request)));
	}

	/**
	 * Gets several objects, in no particular order; those that do not exist are left out.
	 * It takes one round trip to Redis if all are cached, and one call of the origin for
	 * all that this reader has to load.
	 */
	public Mono<Map<String, T>> getAll(Collection<String> ids, BulkCacheLoader<T> origin) {
		Set<String> requested = Set.copyOf(ids);
		if (requested.isEmpty()) {
			return Mono.just(Map.of());
		}
		return Mono.deferContextual((request) -> this.store.readAll(requested)
			.onErrorResume(RedisFailure.class, (failure) -> Mono.just(unavailable(requested)))
			.flatMap((envelopes) -> getOrLoadAll(envelopes, origin, request)));
	}

	/**
	 * Stores an object unless the cache has a newer version. It never fails: if Redis is
	 * unavailable, the older entry is invalidated later.
	 * @return whether the object was stored
	 */
	public Mono<Boolean> put(String id, long version, T value) {
		return write(id, version, () -> this.codec.value(id, version, value));
	}

	/**
	 * Stores a tombstone for a deleted object, so that no slow reader stores the object
	 * again. It never fails.
	 * @param version the version of the deletion
	 * @return whether the tombstone was stored
	 */
	public Mono<Boolean> remove(String id, long version) {
		return write(id, version, () -> this.codec.tombstone(version));
	}

	/**
	 * Replaces an entry older than a version with a fence, which admits no older version.
	 * A service calls this for its own events, and so repairs an entry that became stale
	 * because a process died between the write to its store and that to its cache. If
	 * Redis is unavailable, it fails with {@link Unavailable}, so that the event is
	 * delivered again: a process that only remembered the invalidation could die too.
	 * @return whether the entry was older
	 */
	public Mono<Boolean> invalidate(String id, long version) {
		return invalidateAll(Map.of(id, version)).map((stored) -> stored == 1);
	}

	/**
	 * Does so for several entries, in one round trip.
	 * @return the number of entries that were older
	 */
	public Mono<Integer> invalidateAll(Map<String, Long> versions) {
		return store(versions.keySet(), () -> fences(versions)).onErrorResume(RedisUnavailable.class, (failure) -> {
			versions.forEach(this.pending::add);
			this.meters.putFailed(versions.size());
			return Mono.error(new Unavailable("The cache is unavailable.", Duration.ofSeconds(1)));
		});
	}

	/**
	 * Evicts an object that has no version of its own, after a change of its origin. No
	 * load that began before stores its result. A listener that repeats a failed eviction
	 * keeps the entry correct.
	 * @throws RedisFailure if Redis is unavailable or refuses the eviction
	 */
	public Mono<Void> evict(String id) {
		return this.store.evict(id).doFirst(() -> this.singleFlight.drop(id));
	}

	/**
	 * Repeats the invalidations that failed while Redis was unavailable. It never fails:
	 * if one of a batch cannot be written, the others are written singly.
	 */
	Mono<Void> repeatInvalidations() {
		Map<String, Long> versions = this.pending.nextBatch();
		if (versions.isEmpty()) {
			return Mono.empty();
		}
		return repeat(versions).onErrorComplete(RedisUnavailable.class)
			.onErrorResume((failure) -> Flux.fromIterable(versions.entrySet())
				.concatMap((entry) -> repeat(Map.of(entry.getKey(), entry.getValue()))
					.onErrorResume((one) -> giveUp(entry, one)))
				.then());
	}

	private Mono<Void> repeat(Map<String, Long> versions) {
		return Mono.fromSupplier(() -> fences(versions))
			.flatMap((fences) -> this.store.store(fences, ""))
			.doOnNext((stored) -> this.pending.acknowledge(versions))
			.then();
	}

	private Map<String, CachePut> fences(Map<String, Long> versions) {
		return versions.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> this.codec.fence(entry.getValue())));
	}

	/** Redis may accept an invalidation later that it rejects now. */
	private Mono<Void> giveUp(Map.Entry<String, Long> entry, Throwable failure) {
		throttle.log("invalidate",
				(more) -> log.warn("An entry cannot be invalidated ({} more since): {}", more, failure.toString()));
		if (!(failure instanceof RedisFailure)) {
			this.pending.acknowledge(Map.of(entry.getKey(), entry.getValue()));
		}
		return Mono.empty();
	}

	private Mono<T> getOrLoad(String id, Envelope envelope, CacheLoader<T> origin, ContextView request) {
		CacheLookup<T> lookup = lookup(id, envelope, request);
		return switch (lookup.outcome()) {
			case HIT, ABSENT -> Mono.justOrEmpty(lookup.value());
			case STALE -> {
				this.loader.refresh(Map.of(id, envelope), bulk(id, origin));
				yield Mono.justOrEmpty(lookup.value());
			}
			case MISS, BYPASS, UNREADABLE ->
				this.singleFlight.join(id, () -> this.loader.load(Map.of(id, envelope), bulk(id, origin))
					.flatMap((values) -> Mono.justOrEmpty(values.get(id))));
		};
	}

	private Mono<Map<String, T>> getOrLoadAll(Map<String, Envelope> envelopes, BulkCacheLoader<T> origin,
			ContextView request) {
		PartitionedLookups<T> lookups = new PartitionedLookups<>();
		envelopes.forEach((id, envelope) -> lookups.add(id, envelope, lookup(id, envelope, request)));
		this.loader.refresh(lookups.stale(), origin);
		if (lookups.missing().isEmpty()) {
			return Mono.just(lookups.values());
		}
		return this.loader.load(lookups.missing(), origin)
			.doOnNext(lookups.values()::putAll)
			.thenReturn(lookups.values());
	}

	private CacheLookup<T> lookup(String id, Envelope envelope, ContextView request) {
		CacheLookup<T> lookup = this.codec.read(envelope);
		if (lookup.isAnswer() && this.pending.outdates(id, envelope)) {
			lookup = new CacheLookup<>(Outcome.MISS, null);
		}
		else if (lookup.isAnswer()) {
			boolean unavailable = lookup.outcome() == Outcome.STALE && this.loader.hasFailed(id);
			CopyAge.find(request).ifPresent((age) -> age.add(envelope.builtAt(), unavailable));
		}
		if (!lookup.isAnswer()) {
			CopyAge.find(request).ifPresent(CopyAge::addMiss);
		}
		this.meters.read(lookup.outcome());
		return lookup;
	}

	private Mono<Boolean> write(String id, long version, Supplier<CachePut> put) {
		return store(Set.of(id), () -> Map.of(id, put.get())).map((stored) -> stored == 1)
			.onErrorResume((failure) -> invalidateLater(id, version, failure));
	}

	private Mono<Integer> store(Set<String> ids, Supplier<Map<String, CachePut>> puts) {
		return Mono.fromSupplier(puts)
			.doFirst(() -> ids.forEach(this.singleFlight::drop))
			.flatMap((entries) -> this.store.store(entries, ""))
			.doOnNext((stored) -> this.meters.put(stored, ids.size()));
	}

	/** The caller's write to the system of record succeeded, so it must not fail here. */
	private Mono<Boolean> invalidateLater(String id, long version, Throwable failure) {
		if (!(failure instanceof RedisFailure)) {
			throttle.log("put",
					(more) -> log.warn("An object cannot be cached ({} more since): {}", more, failure.toString()));
		}
		this.meters.putFailed(1);
		this.pending.add(id, version);
		return Mono.just(false);
	}

	private static Map<String, Envelope> unavailable(Set<String> ids) {
		return ids.stream().collect(Collectors.toMap((id) -> id, (id) -> Envelope.UNAVAILABLE));
	}

	private static <T> BulkCacheLoader<T> bulk(String id, CacheLoader<T> origin) {
		return (ids) -> Flux.from(origin.load(id).map((versioned) -> Map.entry(id, versioned)));
	}

}
