package dev.agora.platform.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.envelope.CacheLookup;
import dev.agora.platform.cache.envelope.CachePut;
import dev.agora.platform.cache.envelope.Envelope;
import dev.agora.platform.cache.envelope.EnvelopeCodec;
import dev.agora.platform.cache.envelope.EnvelopeStore;
import dev.agora.platform.cache.envelope.LeaseResults;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.redis.RedisFailure;

/**
 * Loads objects that the cache lacks. One reader in the cluster holds the lease of an
 * object and loads it; all other readers poll until the entry is there.
 */
final class LeasedLoader<T> {

	private static final Logger log = LoggerFactory.getLogger(LeasedLoader.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final int MAX_FAILED = 10_000;

	private final EnvelopeStore store;

	private final EnvelopeCodec<T> codec;

	private final Origin origin;

	private final LeaseBackoff backoff;

	private final CacheMeters meters;

	private final String name = UUID.randomUUID().toString();

	private final AtomicLong tokens = new AtomicLong();

	private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

	/** The objects whose last load has failed. */
	private final Set<String> failed = ConcurrentHashMap.newKeySet();

	LeasedLoader(EnvelopeStore store, EnvelopeCodec<T> codec, Origin origin, LeaseBackoff backoff, CacheMeters meters) {
		this.store = store;
		this.codec = codec;
		this.origin = origin;
		this.backoff = backoff;
		this.meters = meters;
	}

	/** Whether the last load of an object by this process has failed. */
	boolean hasFailed(String id) {
		return this.failed.contains(id);
	}

	private void markFailed(Set<String> ids) {
		if (this.failed.size() > MAX_FAILED) {
			this.failed.clear();
		}
		this.failed.addAll(ids);
	}

	/**
	 * Loads objects.
	 * @param missing the entry that the caller saw under each id
	 * @return the objects that exist
	 */
	Mono<Map<String, T>> load(Map<String, Envelope> missing, BulkCacheLoader<T> loader) {
		if (missing.containsValue(Envelope.UNAVAILABLE)) {
			return loadUncached(missing.keySet(), loader, LoadCause.BYPASS);
		}
		return poll(missing, loader, nextToken(), 0);
	}

	/**
	 * Loads objects in the background, after their readers have received the stale value.
	 * A failed load keeps its lease, so the next attempt follows after the lease expires.
	 */
	void refresh(Map<String, Envelope> stale, BulkCacheLoader<T> loader) {
		Map<String, Envelope> own = new HashMap<>(stale);
		own.keySet().removeIf((id) -> !this.refreshing.add(id));
		if (own.isEmpty()) {
			return;
		}
		String token = nextToken();
		this.store.tryAcquire(own, token)
			.filter((leases) -> !leases.leased().isEmpty())
			.flatMap(
					(leases) -> this.origin.withPermit(loadAndStore(leases.leased(), loader, token, LoadCause.REFRESH)))
			.doFinally((signal) -> this.refreshing.removeAll(own.keySet()))
			.subscribe((loaded) -> {
			}, (failure) -> log.debug("Stale entries could not be refreshed: {}", failure.toString()));
	}

	/**
	 * Polls with one token, so that a lease whose grant was not received is still that of
	 * this reader.
	 */
	private Mono<Map<String, T>> poll(Map<String, Envelope> missing, BulkCacheLoader<T> loader, String token,
			int polls) {
		Map<String, Envelope> unreadable = unreadable(missing);
		if (!unreadable.isEmpty()) {
			return discard(unreadable).then(Mono.defer(() -> poll(without(missing, unreadable), loader, token, polls)));
		}
		return this.store.tryAcquire(missing, token)
			.map((leases) -> loadOrPoll(leases, token, loader, polls))
			.onErrorResume(RedisFailure.class, (failure) -> Mono.just(loadAnyway(missing, loader, token)))
			.flatMap((loaded) -> loaded);
	}

	private Map<String, Envelope> unreadable(Map<String, Envelope> missing) {
		Map<String, Envelope> unreadable = new HashMap<>(missing);
		unreadable.values()
			.removeIf((envelope) -> this.codec.read(envelope).outcome() != CacheLookup.Outcome.UNREADABLE);
		return unreadable;
	}

	/**
	 * Deletes unreadable entries: one with a high version would keep the loaded object
	 * out of the cache.
	 */
	private Mono<Void> discard(Map<String, Envelope> unreadable) {
		return this.store.discard(unreadable)
			.doOnSuccess((done) -> throttle.log("unreadable",
					(more) -> log.warn("Deleted {} cached entries that cannot be read, of {} ({} times more since)",
							unreadable.size(), this.store.key("…"), more)))
			.onErrorComplete(RedisFailure.class);
	}

	private static Map<String, Envelope> without(Map<String, Envelope> missing, Map<String, Envelope> discarded) {
		Map<String, Envelope> rest = new HashMap<>(missing);
		rest.replaceAll((id, envelope) -> discarded.containsKey(id) ? Envelope.MISSING : envelope);
		return rest;
	}

	private Mono<Map<String, T>> loadOrPoll(LeaseResults leases, String token, BulkCacheLoader<T> loader, int polls) {
		PartitionedLookups<T> found = new PartitionedLookups<>();
		leases.found().forEach((id, envelope) -> found.add(id, envelope, this.codec.read(envelope)));
		Map<String, Envelope> pending = found.missing();
		pending.putAll(leases.busy());
		Mono<Map<String, T>> loaded = ifAny(leases.leased(), () -> loadLeased(leases.leased(), token, loader));
		Mono<Map<String, T>> polled = ifAny(pending, () -> pollAgain(pending, loader, token, polls));
		return Flux.merge(Mono.just(found.values()), loaded, polled).collect(HashMap::new, Map::putAll);
	}

	/**
	 * The holder of a lease keeps it, however long it takes: if readers took it over, a
	 * slow load would never be stored. A dead holder's lease expires before a reader has
	 * waited long enough to load without it.
	 */
	private Mono<Map<String, T>> pollAgain(Map<String, Envelope> pending, BulkCacheLoader<T> loader, String token,
			int polls) {
		if (this.backoff.isExhausted(polls)) {
			return loadUncached(pending.keySet(), loader, LoadCause.WAITED);
		}
		return Mono.delay(this.backoff.pause(polls)).then(Mono.defer(() -> poll(pending, loader, token, polls + 1)));
	}

	private Mono<Map<String, T>> loadLeased(Map<String, Envelope> leased, String token, BulkCacheLoader<T> loader) {
		return Mono.usingWhen(Mono.just(leased), (held) -> loadAndStore(held, loader, token, LoadCause.LEASE),
				(held) -> Mono.empty(), (held, failure) -> release(held, token), (held) -> release(held, token));
	}

	/**
	 * Loads objects although Redis did not respond to the request for their leases. Redis
	 * may have granted them nevertheless; only then the objects are stored.
	 */
	private Mono<Map<String, T>> loadAnyway(Map<String, Envelope> missing, BulkCacheLoader<T> loader, String token) {
		return this.origin.withPermit(loadAndStore(missing, loader, token, LoadCause.ACQUIRE_FAILED));
	}

	private Mono<Map<String, T>> loadAndStore(Map<String, Envelope> seen, BulkCacheLoader<T> loader, String token,
			LoadCause cause) {
		return this.origin.load(seen.keySet(), loader, cause)
			.doOnSuccess((loaded) -> this.failed.removeAll(seen.keySet()))
			.doOnError((failure) -> markFailed(seen.keySet()))
			.flatMap((loaded) -> store(puts(seen, loaded), token).thenReturn(values(loaded)));
	}

	/** Loads without Redis: nothing is stored, and a permit bounds the reads. */
	private Mono<Map<String, T>> loadUncached(Set<String> ids, BulkCacheLoader<T> loader, LoadCause cause) {
		return this.origin.withPermit(this.origin.load(ids, loader, cause).map(LeasedLoader::values));
	}

	/** A failure is only counted: the reader has its object, and the lease expires. */
	private Mono<Integer> store(Map<String, CachePut> puts, String token) {
		return this.store.store(puts, token)
			.doOnNext((stored) -> this.meters.put(stored, puts.size()))
			.doOnError((failure) -> this.meters.putFailed(puts.size()))
			.onErrorReturn(RedisFailure.class, 0);
	}

	private Mono<Void> release(Map<String, Envelope> held, String token) {
		return this.store.release(held.keySet(), token).onErrorComplete(RedisFailure.class);
	}

	private Map<String, CachePut> puts(Map<String, Envelope> seen, Map<String, Versioned<T>> loaded) {
		Map<String, CachePut> puts = new HashMap<>();
		seen.forEach((id, before) -> {
			Versioned<T> now = loaded.get(id);
			puts.put(id, (now != null) ? this.codec.value(id, now.version(), now.value()) : this.codec.absent(before));
		});
		return puts;
	}

	private String nextToken() {
		return this.name + ":" + this.tokens.incrementAndGet();
	}

	private static <T> Map<String, T> values(Map<String, Versioned<T>> loaded) {
		Map<String, T> values = new HashMap<>();
		loaded.forEach((id, versioned) -> values.put(id, versioned.value()));
		return values;
	}

	private static <R> Mono<R> ifAny(Map<String, Envelope> ids, Supplier<Mono<R>> then) {
		return ids.isEmpty() ? Mono.empty() : then.get();
	}

}
