package dev.agora.platform.cache.envelope;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.redisson.client.codec.ByteArrayCodec;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;
import reactor.util.retry.Retry;

import dev.agora.platform.redis.CombinedReads;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;
import dev.agora.platform.redis.RedisUnavailable;

/**
 * Reads and writes the entries of one kind of object in Redis. A call fails only with a
 * {@link RedisFailure}. A call that receives no response in time is repeated, unless the
 * circuit breaker is open: a late response must not cause a read of the database. Every
 * call has the same effect if Redis runs it twice.
 */
public final class EnvelopeStore {

	private static final int REPETITIONS = 5;

	/** Each reads up to a page of objects. */
	private static final int MAX_BULK_READS = 8;

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final CacheSettings settings;

	private final String prefix;

	private final CombinedReads<String, Envelope> reads;

	private final CombinedReads<Set<String>, Map<String, Envelope>> bulkReads;

	private final Retry retry;

	public EnvelopeStore(RedisGuard redis, CacheSettings settings, String prefix) {
		this.redis = redis;
		Predicate<Throwable> isOfOneKey = CombinedReads.failuresOfOneKey(redis.client());
		this.reads = new CombinedReads<>(HttpResources.get(), this::readOne, this::readTogether, isOfOneKey);
		this.bulkReads = new CombinedReads<>(HttpResources.get(), this::readRepeatedly, this::readSets, isOfOneKey,
				MAX_BULK_READS);
		this.retry = Retry.fixedDelay(REPETITIONS, PAUSE)
			.jitter(0.5)
			.filter(this::isLate)
			.onRetryExhaustedThrow((spec, signal) -> signal.failure());
		this.scripts = new RedisScripts(redis.client());
		this.settings = settings;
		this.prefix = prefix;
	}

	/** The key of an entry. The braces keep it in one hash slot with its lease. */
	public String key(String id) {
		return this.prefix + ":{" + id + "}";
	}

	private String leaseKey(String id) {
		return key(id) + ":lease";
	}

	/**
	 * Reads an entry; {@link Envelope#MISSING} if there is none.
	 */
	public Mono<Envelope> read(String id) {
		return this.reads.read(id);
	}

	private Mono<Envelope> readOne(String id) {
		return this.redis.call(RedisKeys.strings(List.of(key(id))), () -> get(id))
			.retryWhen(this.retry)
			.map(Envelope::parse)
			.defaultIfEmpty(Envelope.MISSING);
	}

	/**
	 * Reads several entries in one round trip; {@link Envelope#MISSING} for an id without
	 * one.
	 */
	public Mono<Map<String, Envelope>> readAll(Collection<String> ids) {
		return this.bulkReads.read(Set.copyOf(ids));
	}

	private Mono<Map<String, Envelope>> readRepeatedly(Set<String> ids) {
		return readOnce(ids).retryWhen(this.retry);
	}

	/** In a cluster, failed reads are repeated singly instead. */
	private Mono<Map<String, Envelope>> readTogether(Set<String> ids) {
		return isCluster() ? readOnce(ids) : readRepeatedly(ids);
	}

	private Mono<Map<Set<String>, Map<String, Envelope>>> readSets(Set<Set<String>> sets) {
		Set<String> ids = new HashSet<>();
		sets.forEach(ids::addAll);
		return readTogether(ids).map((found) -> bySet(sets, found));
	}

	private static Map<Set<String>, Map<String, Envelope>> bySet(Set<Set<String>> sets, Map<String, Envelope> found) {
		Map<Set<String>, Map<String, Envelope>> bySet = new HashMap<>();
		for (Set<String> ids : sets) {
			Map<String, Envelope> part = new HashMap<>();
			ids.forEach((id) -> part.put(id, found.getOrDefault(id, Envelope.MISSING)));
			bySet.put(ids, part);
		}
		return bySet;
	}

	private Mono<Map<String, Envelope>> readOnce(Collection<String> ids) {
		Map<String, String> idsByKey = ids.stream().collect(Collectors.toMap(this::key, (id) -> id));
		return this.redis.call(() -> get(idsByKey.keySet())).map((there) -> byId(there, idsByKey));
	}

	/**
	 * Tries to acquire the leases for loading some objects. Repeated calls with one token
	 * have the same result.
	 * @param seen the entry that the caller read under each id
	 * @param token identifies the caller
	 */
	public Mono<LeaseResults> tryAcquire(Map<String, Envelope> seen, String token) {
		List<Map.Entry<String, Envelope>> requests = List.copyOf(seen.entrySet());
		List<Call> calls = requests.stream()
			.map((request) -> Call.of(entryAndLease(request.getKey()), request.getValue().header(), token,
					this.settings.leaseTtl()))
			.toList();
		return run(CacheScripts.ACQUIRE, calls).map((results) -> toLeaseResults(requests, results));
	}

	/**
	 * Stores entries, except where Redis has a later one.
	 * @param token the token of the leases that the caller holds, or empty for the writer
	 * of a version; an entry whose lease the caller no longer holds is not stored
	 * @return how many entries were stored
	 */
	public Mono<Integer> store(Map<String, CachePut> puts, String token) {
		List<Call> calls = puts.entrySet()
			.stream()
			.map((put) -> Call.of(entryAndLease(put.getKey()), put.getValue().envelope().bytes(), put.getValue().ttl(),
					token))
			.toList();
		return run(CacheScripts.STORE, calls).map(EnvelopeStore::sum);
	}

	/**
	 * Releases leases without storing an entry.
	 */
	public Mono<Void> release(Set<String> ids, String token) {
		List<Call> calls = ids.stream().map((id) -> Call.of(leaseKey(id), token)).toList();
		return run(CacheScripts.RELEASE, calls).then();
	}

	/**
	 * Deletes entries that cannot be read.
	 * @param seen the entry that the caller read under each id; a newer one stays
	 */
	public Mono<Void> discard(Map<String, Envelope> seen) {
		List<Call> calls = seen.entrySet()
			.stream()
			.map((entry) -> Call.of(key(entry.getKey()), entry.getValue().header()))
			.toList();
		return run(CacheScripts.DISCARD, calls).then();
	}

	/**
	 * Deletes an entry and its lease. A load that is in flight then stores nothing.
	 */
	public Mono<Void> evict(String id) {
		String[] keys = entryAndLease(id).toArray(String[]::new);
		return this.redis.call(() -> Mono.fromCompletionStage(() -> this.redis.client().getKeys().deleteAsync(keys)))
			.then();
	}

	private <R> Mono<List<R>> run(Script<R> script, List<Call> calls) {
		List<String> keys = calls.stream().flatMap((call) -> call.keys().stream()).map(String::valueOf).toList();
		return this.redis.call(RedisKeys.strings(keys), () -> this.scripts.runAll(script, calls)).retryWhen(this.retry);
	}

	private boolean isLate(Throwable failure) {
		return failure instanceof RedisUnavailable && !(failure instanceof RedisUnavailable.PermissionMissing)
				&& this.redis.isAvailable();
	}

	private boolean isCluster() {
		return this.redis.client().getConfig().isClusterConfig();
	}

	private List<String> entryAndLease(String id) {
		return List.of(key(id), leaseKey(id));
	}

	private Mono<byte[]> get(String id) {
		return Mono
			.fromCompletionStage(this.redis.client().<byte[]>getBucket(key(id), ByteArrayCodec.INSTANCE).getAsync());
	}

	private Mono<Map<String, byte[]>> get(Set<String> keys) {
		return Mono.fromCompletionStage(
				this.redis.client().getBuckets(ByteArrayCodec.INSTANCE).getAsync(keys.toArray(String[]::new)));
	}

	private static Map<String, Envelope> byId(Map<String, byte[]> there, Map<String, String> idsByKey) {
		Map<String, Envelope> found = new HashMap<>();
		idsByKey.forEach((key, id) -> found.put(id, Envelope.MISSING));
		there.forEach((key, bytes) -> found.put(idsByKey.get(key), Envelope.parse(bytes)));
		return found;
	}

	private static LeaseResults toLeaseResults(List<Map.Entry<String, Envelope>> requests, List<byte[]> results) {
		LeaseResults leases = new LeaseResults();
		for (int at = 0; at < requests.size(); at++) {
			leases.add(requests.get(at).getKey(), requests.get(at).getValue(), results.get(at));
		}
		return leases;
	}

	private static int sum(List<Long> numbers) {
		return numbers.stream().mapToInt(Long::intValue).sum();
	}

}
