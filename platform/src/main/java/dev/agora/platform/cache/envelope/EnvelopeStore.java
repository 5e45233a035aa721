package dev.agora.platform.cache.envelope;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.redisson.client.codec.ByteArrayCodec;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The entries of one kind of object in Redis. Every call fails with {@link RedisFailure}
 * alone.
 */
public final class EnvelopeStore {

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final CacheSettings settings;

	private final String prefix;

	public EnvelopeStore(RedisGuard redis, CacheSettings settings, String prefix) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.settings = settings;
		this.prefix = prefix;
	}

	/** The braces keep an object and its lease in one slot of a cluster. */
	public String key(String id) {
		return this.prefix + ":{" + id + "}";
	}

	String leaseKey(String id) {
		return key(id) + ":lease";
	}

	/**
	 * Never empty: {@link Envelope#NOTHING} when there is none.
	 */
	public Mono<Envelope> read(String id) {
		return this.redis.call(RedisKeys.strings(List.of(key(id))), () -> get(id))
			.map(Envelope::parse)
			.defaultIfEmpty(Envelope.NOTHING);
	}

	/**
	 * Each id with its entry or {@link Envelope#NOTHING}, in one round trip.
	 */
	public Mono<Map<String, Envelope>> readAll(Collection<String> ids) {
		Map<String, String> idsByKey = ids.stream().collect(Collectors.toMap(this::key, (id) -> id));
		return this.redis.call(() -> get(idsByKey.keySet())).map((there) -> byId(there, idsByKey));
	}

	/**
	 * Asks to be the one who loads.
	 * @param seen what the caller saw under each id
	 */
	public Mono<LeaseResults> claim(Map<String, Envelope> seen, String token) {
		List<Map.Entry<String, Envelope>> asked = List.copyOf(seen.entrySet());
		List<Call> calls = asked.stream().map((each) -> claimCall(each.getKey(), each.getValue(), token)).toList();
		return run(CacheScripts.CLAIM, calls).map((answers) -> claims(asked, answers));
	}

	/**
	 * Stores what is not older than what is there.
	 * @param token of the lease to be given back, or empty
	 * @return how many of them were stored
	 */
	public Mono<Integer> store(Map<String, CachePut> writes, String token) {
		List<Call> calls = writes.entrySet()
			.stream()
			.map((entry) -> storeCall(entry.getKey(), entry.getValue(), token))
			.toList();
		return run(CacheScripts.STORE, calls).map(EnvelopeStore::sum);
	}

	/**
	 * Gives leases back unused.
	 */
	public Mono<Void> release(Set<String> ids, String token) {
		List<Call> calls = ids.stream()
			.map((id) -> new Call(List.of(leaseKey(id)), List.of(RedisScripts.bytes(token))))
			.toList();
		return run(CacheScripts.RELEASE, calls).then();
	}

	/**
	 * Deletes entries that nobody can read.
	 * @param seen what the caller saw under each id; what has come since stays
	 */
	public Mono<Void> discard(Map<String, Envelope> seen) {
		List<Call> calls = seen.entrySet()
			.stream()
			.map((entry) -> new Call(List.of(key(entry.getKey())), List.of(entry.getValue().head())))
			.toList();
		return run(CacheScripts.DISCARD, calls).then();
	}

	private Mono<List<Object>> run(Script script, List<Call> calls) {
		List<String> keys = calls.stream().flatMap((call) -> call.keys().stream()).map(String::valueOf).toList();
		return this.redis.call(RedisKeys.strings(keys), () -> this.scripts.run(script, calls));
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
		idsByKey.forEach((key, id) -> found.put(id, Envelope.NOTHING));
		there.forEach((key, bytes) -> found.put(idsByKey.get(key), Envelope.parse(bytes)));
		return found;
	}

	private Call claimCall(String id, Envelope seen, String token) {
		return new Call(List.of(key(id), leaseKey(id)), List.of(seen.head(), RedisScripts.bytes(token),
				RedisScripts.bytes(this.settings.leaseLife().toMillis())));
	}

	private static LeaseResults claims(List<Map.Entry<String, Envelope>> asked, List<Object> answers) {
		LeaseResults claims = new LeaseResults();
		for (int at = 0; at < asked.size(); at++) {
			claims.add(asked.get(at).getKey(), asked.get(at).getValue(), (byte[]) answers.get(at));
		}
		return claims;
	}

	private Call storeCall(String id, CachePut write, String token) {
		return new Call(List.of(key(id), leaseKey(id)), List.of(write.envelope().bytes(),
				RedisScripts.bytes(write.life().toMillis()), RedisScripts.bytes(token)));
	}

	private static int sum(List<Object> answers) {
		return answers.stream().mapToInt((answer) -> ((Long) answer).intValue()).sum();
	}

}
