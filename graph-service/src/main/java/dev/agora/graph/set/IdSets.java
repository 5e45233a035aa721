package dev.agora.graph.set;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.count.GraphObserver;
import dev.agora.graph.count.MemberGraphChange;
import dev.agora.graph.set.SetLoader.Outcome;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.cache.PendingInvalidations;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * The sets of the members whom a member is tied to, from Redis or, if Redis is slow or
 * unavailable or a set is too large, from MongoDB. A set has every change that this
 * process has applied before the read began.
 */
public final class IdSets implements GraphObserver, AutoCloseable {

	private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(1);

	/** A set may be lost between its load and its read, but hardly several times. */
	private static final int MAX_READS = 3;

	/** Bounds the concurrent loads of one request. */
	private static final int MAX_LOADS = 8;

	private final RedisGuard redis;

	private final SetStore store;

	private final SetOrigin origin;

	private final SetLoader loader;

	private final PendingInvalidations pending = new PendingInvalidations();

	private final Counter missed;

	private final Disposable repeats;

	IdSets(RedisGuard redis, SetStore store, SetOrigin origin, SetLoader loader, MeterRegistry meters) {
		this.redis = redis;
		this.store = store;
		this.origin = origin;
		this.loader = loader;
		this.missed = meters.counter("graph.sets.changes.missed");
		this.repeats = Flux.interval(REPEAT_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> repeatEvictions(), 1)
			.subscribe();
	}

	/**
	 * Lists a page of the ids that the sets of two members have in common, as numbers.
	 */
	public Mono<Page<Long>> intersect(TieKind kind, String one, String other, PageRequest page) {
		Mono<Page<Long>> uncached = Mono
			.defer(() -> intersectUncached(kind, one, other, page).map((ids) -> ids.map(IdGenerator::toNumber)));
		if (this.pending.contains(one) || this.pending.contains(other)) {
			return uncached;
		}
		return intersect(kind, one, other, 1).map((common) -> toPage(common, page))
			.onErrorResume(RedisFailure.class, (failure) -> Mono.empty())
			.switchIfEmpty(uncached);
	}

	/** Lists a page of the ids that two members have in common, from MongoDB. */
	public Mono<Page<String>> intersectUncached(TieKind kind, String one, String other, PageRequest page) {
		return this.origin.intersect(kind, one, other, page);
	}

	/** Reads the sets of several members, by member. */
	public Mono<Map<String, IdSet>> findAll(TieKind kind, Collection<String> owners) {
		List<String> cached = owners.stream().filter((owner) -> !this.pending.contains(owner)).toList();
		return findAll(kind, cached, 1).flatMap((found) -> addUncached(kind, owners, found));
	}

	/** Reads the sets of several members, by member, from MongoDB. */
	public Mono<Map<String, IdSet>> findAllUncached(TieKind kind, Collection<String> owners) {
		return addUncached(kind, owners, new HashMap<>());
	}

	/** Reads any number of ids, the highest first, from MongoDB. */
	public Flux<String> scan(TieKind kind, String owner) {
		return this.origin.scan(kind, owner);
	}

	/**
	 * Applies changes to the sets of members. It never fails: while Redis is unavailable,
	 * this process reads the sets of these members from MongoDB, and evicts them when
	 * Redis is available again.
	 */
	@Override
	public Mono<Void> onChanges(List<MemberGraphChange> changes) {
		return this.store.apply(changes).onErrorResume(RedisFailure.class, (failure) -> {
			this.missed.increment(changes.size());
			changes.forEach((change) -> this.pending.add(change.owner(), change.version()));
			return Mono.empty();
		});
	}

	/**
	 * Evicts the sets of members if they lack a change, for a process that ended between
	 * the change in MongoDB and that in Redis.
	 * @throws Unavailable if Redis is unavailable: a set that survives would lack the
	 * change
	 */
	public Mono<Void> evictOutdated(Collection<String> owners) {
		return this.store.findKnown(List.copyOf(owners))
			.flatMap((known) -> known.isEmpty() ? Mono.empty()
					: this.origin.versions(known).flatMap(this.store::evictOlder))
			.onErrorMap(RedisFailure.class,
					(failure) -> new Unavailable("The sets of members are unavailable.", REPEAT_INTERVAL));
	}

	@Override
	public void close() {
		this.repeats.dispose();
	}

	/** Empty if one of the sets is not cached. */
	private Mono<IdSet> intersect(TieKind kind, String one, String other, int read) {
		return this.store.intersect(kind, one, other)
			.switchIfEmpty(Mono.defer(() -> load(kind, List.of(one, other)))
				.filter((whole) -> whole && read < MAX_READS)
				.flatMap((whole) -> intersect(kind, one, other, read + 1)));
	}

	/** Loads sets, and returns whether all of them are in Redis now. */
	private Mono<Boolean> load(TieKind kind, List<String> owners) {
		return Flux.fromIterable(owners)
			.flatMap((owner) -> this.loader.load(kind, owner), MAX_LOADS)
			.all((outcome) -> outcome == Outcome.WHOLE);
	}

	private Mono<Map<String, IdSet>> findAll(TieKind kind, List<String> owners, int read) {
		if (owners.isEmpty()) {
			return Mono.just(new HashMap<>());
		}
		return this.store.readAll(kind, owners)
			.onErrorResume(RedisFailure.class, (failure) -> Mono.fromSupplier(HashMap::new))
			.flatMap((found) -> (found.size() == owners.size() || read == MAX_READS) ? Mono.just(found)
					: loadMissing(kind, owners.stream().filter((owner) -> !found.containsKey(owner)).toList(), read)
						.doOnNext(found::putAll)
						.thenReturn(found));
	}

	private Mono<Map<String, IdSet>> loadMissing(TieKind kind, List<String> owners, int read) {
		return Flux.fromIterable(owners)
			.flatMap((owner) -> this.loader.load(kind, owner).map((outcome) -> Map.entry(owner, outcome)), MAX_LOADS)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.flatMap((outcomes) -> readLoaded(kind, outcomes, read));
	}

	private Mono<Map<String, IdSet>> readLoaded(TieKind kind, Map<String, Outcome> outcomes, int read) {
		List<String> whole = outcomes.keySet()
			.stream()
			.filter((owner) -> outcomes.get(owner) == Outcome.WHOLE)
			.toList();
		return findAll(kind, whole, read + 1).doOnNext((found) -> outcomes.forEach((owner, outcome) -> {
			if (outcome == Outcome.TOO_LARGE) {
				found.put(owner, IdSet.TOO_LARGE);
			}
		}));
	}

	private Mono<Map<String, IdSet>> addUncached(TieKind kind, Collection<String> owners, Map<String, IdSet> found) {
		return Flux.fromIterable(owners)
			.filter((owner) -> !found.containsKey(owner))
			.flatMap((owner) -> this.origin.read(kind, owner).map((ids) -> Map.entry(owner, ids)), MAX_LOADS)
			.doOnNext((read) -> found.put(read.getKey(), read.getValue()))
			.then(Mono.just(found));
	}

	private Mono<Void> repeatEvictions() {
		Map<String, Long> versions = this.pending.nextBatch();
		if (versions.isEmpty() || !this.redis.isAvailable()) {
			return Mono.empty();
		}
		return this.store.evictOlder(versions)
			.then(Mono.fromRunnable(() -> this.pending.acknowledge(versions)))
			.onErrorComplete(RedisFailure.class)
			.then();
	}

	private static Page<Long> toPage(IdSet common, PageRequest page) {
		long below = (page.cursor() != null) ? IdGenerator.toNumber(page.cursor()) : Long.MAX_VALUE;
		return Page.cut(common.below(below, page.limit() + 1), page, IdGenerator::ofNumber);
	}

}
