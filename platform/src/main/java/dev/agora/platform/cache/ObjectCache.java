package dev.agora.platform.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.envelope.CacheLookup;
import dev.agora.platform.cache.envelope.CacheLookup.Outcome;
import dev.agora.platform.cache.envelope.CachePut;
import dev.agora.platform.cache.envelope.Envelope;
import dev.agora.platform.cache.envelope.EnvelopeCodec;
import dev.agora.platform.cache.envelope.EnvelopeStore;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.redis.RedisFailure;

/**
 * Whole objects of one kind in Redis. What Redis has or can't tell never decides whether
 * a caller is answered, only how fast. Made by {@link ObjectCaches}.
 */
public final class ObjectCache<T> {

	private static final Logger log = LoggerFactory.getLogger(ObjectCache.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private final EnvelopeStore entries;

	private final EnvelopeCodec<T> envelopes;

	private final LeasedLoader<T> loads;

	private final PendingInvalidations missed;

	private final CacheMeters meters;

	private final SingleFlight<T> inFlight = new SingleFlight<>();

	ObjectCache(EnvelopeStore entries, EnvelopeCodec<T> envelopes, LeasedLoader<T> loads, PendingInvalidations missed,
			CacheMeters meters) {
		this.entries = entries;
		this.envelopes = envelopes;
		this.loads = loads;
		this.missed = missed;
		this.meters = meters;
	}

	/**
	 * The object, from the cache or from its origin; empty when there is none.
	 * @param origin asked by one reader of the cluster at a time, when the cache has no
	 * answer
	 */
	public Mono<T> get(String id, CacheLoader<T> origin) {
		return this.entries.read(id)
			.onErrorReturn(RedisFailure.class, Envelope.UNKNOWN)
			.flatMap((envelope) -> answer(id, envelope, origin));
	}

	/**
	 * Those of the objects that exist, in no order. One round trip to Redis when all are
	 * there; one call of the origin for all that this reader has to load.
	 */
	public Mono<Map<String, T>> getAll(Collection<String> ids, BulkCacheLoader<T> origin) {
		Set<String> wanted = Set.copyOf(ids);
		if (wanted.isEmpty()) {
			return Mono.just(Map.of());
		}
		return this.entries.readAll(wanted)
			.onErrorResume(RedisFailure.class, (gone) -> Mono.just(unknown(wanted)))
			.flatMap((envelopes) -> answerAll(envelopes, origin));
	}

	/**
	 * Stores the object unless the cache has a newer one; true when stored. Never fails:
	 * what Redis could not be told is told again later.
	 */
	public Mono<Boolean> put(String id, long version, T value) {
		return write(id, version, () -> this.envelopes.value(id, version, value));
	}

	/**
	 * Remembers for a while that the object is gone, so that no slow reader puts it back.
	 * Never fails.
	 * @param version of the removal
	 */
	public Mono<Boolean> remove(String id, long version) {
		return write(id, version, () -> this.envelopes.removed(version));
	}

	/**
	 * Forgets what is older than this version, and lets nothing older in for a while. For
	 * the service's own events: it heals what a crash between store and cache left. Never
	 * fails.
	 */
	public Mono<Boolean> invalidate(String id, long version) {
		return write(id, version, () -> this.envelopes.floor(version));
	}

	/** Tells Redis of the versions it missed. */
	Mono<Void> retell() {
		Map<String, Long> versions = this.missed.some();
		if (versions.isEmpty()) {
			return Mono.empty();
		}
		Map<String, CachePut> floors = new HashMap<>();
		versions.forEach((id, version) -> floors.put(id, this.envelopes.floor(version)));
		return this.entries.store(floors, "")
			.doOnNext((stored) -> this.missed.told(versions))
			.onErrorComplete(RedisFailure.class)
			.then();
	}

	private Mono<T> answer(String id, Envelope envelope, CacheLoader<T> origin) {
		CacheLookup<T> reading = read(id, envelope);
		return switch (reading.outcome()) {
			case HIT, ABSENT -> Mono.justOrEmpty(reading.value());
			case STALE -> {
				this.loads.refresh(Map.of(id, envelope), one(id, origin));
				yield Mono.justOrEmpty(reading.value());
			}
			case MISS, BYPASS, UNREADABLE -> this.inFlight.join(id, () -> load(id, envelope, origin));
		};
	}

	private Mono<T> load(String id, Envelope seen, CacheLoader<T> origin) {
		return this.loads.load(Map.of(id, seen), one(id, origin)).flatMap((values) -> Mono.justOrEmpty(values.get(id)));
	}

	private Mono<Map<String, T>> answerAll(Map<String, Envelope> envelopes, BulkCacheLoader<T> origin) {
		PartitionedLookups<T> sorted = new PartitionedLookups<>();
		envelopes.forEach((id, envelope) -> sorted.add(id, envelope, read(id, envelope)));
		this.loads.refresh(sorted.stale(), origin);
		if (sorted.missing().isEmpty()) {
			return Mono.just(sorted.values());
		}
		return this.loads.load(sorted.missing(), origin).doOnNext(sorted.values()::putAll).thenReturn(sorted.values());
	}

	private CacheLookup<T> read(String id, Envelope envelope) {
		CacheLookup<T> reading = this.envelopes.read(envelope);
		if (reading.isAnswer() && this.missed.outdates(id, envelope)) {
			reading = new CacheLookup<>(Outcome.MISS, null);
		}
		this.meters.read(reading.outcome());
		return reading;
	}

	private Mono<Boolean> write(String id, long version, Supplier<CachePut> write) {
		return Mono.fromSupplier(write)
			.flatMap((entry) -> this.entries.store(Map.of(id, entry), ""))
			.doOnNext((stored) -> this.meters.put(stored, 1))
			.map((stored) -> stored == 1)
			.onErrorResume((failure) -> missed(id, version, failure));
	}

	/** The caller's own write stands; the metric and the retelling care for the rest. */
	private Mono<Boolean> missed(String id, long version, Throwable failure) {
		if (!(failure instanceof RedisFailure)) {
			throttle.log("put",
					(more) -> log.warn("An object can't be cached ({} more since): {}", more, failure.toString()));
		}
		this.meters.putFailed(1);
		this.missed.add(id, version);
		return Mono.just(false);
	}

	private static Map<String, Envelope> unknown(Set<String> ids) {
		Map<String, Envelope> unknown = new HashMap<>();
		ids.forEach((id) -> unknown.put(id, Envelope.UNKNOWN));
		return unknown;
	}

	private static <T> BulkCacheLoader<T> one(String id, CacheLoader<T> origin) {
		return (ids) -> Flux.from(origin.load(id).map((versioned) -> Map.entry(id, versioned)));
	}

}
