package dev.agora.platform.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * Gets what the cache does not have: each object is loaded by one reader of the whole
 * cluster, who holds its lease; the others look again until it is there.
 */
final class LeasedLoader<T> {

	private static final Logger log = LoggerFactory.getLogger(LeasedLoader.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final String NO_LEASE = "";

	private final EnvelopeStore entries;

	private final EnvelopeCodec<T> envelopes;

	private final Origin origin;

	private final Waits waits;

	private final CacheMeters meters;

	private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

	LeasedLoader(EnvelopeStore entries, EnvelopeCodec<T> envelopes, Origin origin, Waits waits, CacheMeters meters) {
		this.entries = entries;
		this.envelopes = envelopes;
		this.origin = origin;
		this.waits = waits;
		this.meters = meters;
	}

	/**
	 * @param missing what was seen in place of each object
	 * @return those that exist
	 */
	Mono<Map<String, T>> load(Map<String, Envelope> missing, BulkCacheLoader<T> loader) {
		if (missing.containsValue(Envelope.UNKNOWN)) {
			return direct(missing.keySet(), loader);
		}
		return look(missing, loader, 0);
	}

	/**
	 * Loads behind the back of readers who have got the old value. A failure keeps its
	 * lease, so that the next try comes after the lease has run out.
	 */
	void refresh(Map<String, Envelope> stale, BulkCacheLoader<T> loader) {
		Map<String, Envelope> mine = new HashMap<>(stale);
		mine.keySet().removeIf((id) -> !this.refreshing.add(id));
		if (mine.isEmpty()) {
			return;
		}
		String token = this.waits.token();
		this.entries.claim(mine, token)
			.filter((claims) -> !claims.leased().isEmpty())
			.flatMap((claims) -> this.origin.inTurn(loadAndStore(claims.leased(), loader, token)))
			.doFinally((signal) -> this.refreshing.removeAll(mine.keySet()))
			.subscribe((loaded) -> {
			}, (failure) -> log.debug("Old values stay, they could not be refreshed: {}", failure.toString()));
	}

	private Mono<Map<String, T>> look(Map<String, Envelope> missing, BulkCacheLoader<T> loader, int looks) {
		Map<String, Envelope> unreadable = unreadable(missing);
		if (!unreadable.isEmpty()) {
			return discard(unreadable).then(Mono.defer(() -> look(without(missing, unreadable), loader, looks)));
		}
		if (this.waits.isOver(looks)) {
			return this.origin.inTurn(loadAndStore(missing, loader, NO_LEASE));
		}
		String token = this.waits.token();
		return this.entries.claim(missing, token)
			.map((claims) -> settle(claims, token, loader, looks))
			.onErrorResume(RedisFailure.class, (gone) -> Mono.just(direct(missing.keySet(), loader)))
			.flatMap((settled) -> settled);
	}

	private Map<String, Envelope> unreadable(Map<String, Envelope> missing) {
		Map<String, Envelope> unreadable = new HashMap<>(missing);
		unreadable.values()
			.removeIf((envelope) -> this.envelopes.read(envelope).outcome() != CacheLookup.Outcome.UNREADABLE);
		return unreadable;
	}

	/**
	 * An entry that nobody can read would keep out what is loaded, if it has a high
	 * version.
	 */
	private Mono<Void> discard(Map<String, Envelope> unreadable) {
		return this.entries.discard(unreadable)
			.doOnSuccess((done) -> throttle.log("unreadable",
					(more) -> log.warn("Deleted {} cached entries that cannot be read, of {} ({} times more since)",
							unreadable.size(), this.entries.key("…"), more)))
			.onErrorComplete(RedisFailure.class);
	}

	private static Map<String, Envelope> without(Map<String, Envelope> missing, Map<String, Envelope> discarded) {
		Map<String, Envelope> rest = new HashMap<>(missing);
		rest.replaceAll((id, envelope) -> discarded.containsKey(id) ? Envelope.NOTHING : envelope);
		return rest;
	}

	private Mono<Map<String, T>> settle(LeaseResults claims, String token, BulkCacheLoader<T> loader, int looks) {
		PartitionedLookups<T> come = new PartitionedLookups<>();
		claims.found().forEach((id, envelope) -> come.add(id, envelope, this.envelopes.read(envelope)));
		Map<String, Envelope> again = come.missing();
		again.putAll(claims.busy());
		Mono<Map<String, T>> loaded = ifAny(claims.leased(), () -> loadLeased(claims.leased(), token, loader));
		Mono<Map<String, T>> others = ifAny(again,
				() -> Mono.delay(this.waits.pause(looks)).then(Mono.defer(() -> look(again, loader, looks + 1))));
		return Flux.merge(Mono.just(come.values()), loaded, others).collect(HashMap::new, Map::putAll);
	}

	private Mono<Map<String, T>> loadLeased(Map<String, Envelope> leased, String token, BulkCacheLoader<T> loader) {
		return Mono.usingWhen(Mono.just(leased), (held) -> loadAndStore(held, loader, token), (held) -> Mono.empty(),
				(held, failure) -> release(held, token), (held) -> release(held, token));
	}

	private Mono<Map<String, T>> loadAndStore(Map<String, Envelope> seen, BulkCacheLoader<T> loader, String token) {
		return this.origin.load(seen.keySet(), loader)
			.flatMap((loaded) -> store(writes(seen, loaded), token).thenReturn(values(loaded)));
	}

	/** Redis is not there: nothing is stored, and the number of readers is bounded. */
	private Mono<Map<String, T>> direct(Set<String> ids, BulkCacheLoader<T> loader) {
		return this.origin.inTurn(this.origin.load(ids, loader).map(LeasedLoader::values));
	}

	/** The reader has its answer already: a failure is counted, the lease ends alone. */
	private Mono<Integer> store(Map<String, CachePut> writes, String token) {
		return this.entries.store(writes, token)
			.doOnNext((stored) -> this.meters.put(stored, writes.size()))
			.doOnError((failure) -> this.meters.putFailed(writes.size()))
			.onErrorReturn(RedisFailure.class, 0);
	}

	private Mono<Void> release(Map<String, Envelope> held, String token) {
		return this.entries.release(held.keySet(), token).onErrorComplete(RedisFailure.class);
	}

	private Map<String, CachePut> writes(Map<String, Envelope> seen, Map<String, Versioned<T>> loaded) {
		Map<String, CachePut> writes = new HashMap<>();
		seen.forEach((id, before) -> {
			Versioned<T> now = loaded.get(id);
			writes.put(id,
					(now != null) ? this.envelopes.value(id, now.version(), now.value()) : this.envelopes.none(before));
		});
		return writes;
	}

	private static <T> Map<String, T> values(Map<String, Versioned<T>> loaded) {
		Map<String, T> values = new HashMap<>();
		loaded.forEach((id, versioned) -> values.put(id, versioned.value()));
		return values;
	}

	private static <R> Mono<R> ifAny(Map<String, Envelope> ids, Supplier<Mono<R>> then) {
		return ids.isEmpty() ? Mono.empty() : then.get();
	}

	/**
	 * How a reader waits for another's load, and the tokens that tell loaders apart.
	 */
	record Waits(Supplier<String> tokens, Duration first, Duration longest) {

		private static final int DOUBLINGS = 2;

		String token() {
			return this.tokens.get();
		}

		Duration pause(int looks) {
			return this.first.multipliedBy(1L << Math.min(looks, DOUBLINGS));
		}

		boolean isOver(int looks) {
			long waited = 0;
			for (int look = 0; look < looks; look++) {
				waited += pause(look).toMillis();
			}
			return waited >= this.longest.toMillis();
		}

	}

}
