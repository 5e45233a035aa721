package dev.agora.graph.set;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.count.MemberGraphChange;
import dev.agora.graph.count.TieMove;
import dev.agora.graph.set.SetOrigin.LoadedSet;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The sets in Redis, under {@code graph:<kind>:v1:{<member>}} with their state beside
 * them. Ids are stored as numbers, which Redis keeps in 8 bytes each in small sets. A
 * call fails only with a {@link RedisFailure}.
 */
final class SetStore {

	/** Bounds the time that Redis needs for one command. */
	private static final int PART = 500;

	private static final long NO_VERSION = -1;

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final SetSettings settings;

	private final SetReads reads;

	/**
	 * Creates a store.
	 * @param isCluster whether different members may be on different servers
	 */
	SetStore(RedisGuard redis, SetSettings settings, boolean isCluster) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.settings = settings;
		this.reads = new SetReads(redis, isCluster);
	}

	/** Reads several sets in one round trip, without those that are not whole. */
	Mono<Map<String, IdSet>> readAll(TieKind kind, List<String> owners) {
		return this.reads.readAll(kind, owners);
	}

	/** Reads what the sets of two members have in common; empty if one is not whole. */
	Mono<IdSet> intersect(TieKind kind, String one, String other) {
		return this.reads.intersect(kind, one, other);
	}

	/**
	 * Acquires the lease for loading a set that is not whole.
	 * @param lease identifies the caller
	 */
	Mono<LeaseResult> acquire(SetLease lease) {
		Call call = Call.of(keys(lease), lease.token(), lease.ttl());
		return run(SetScripts.ACQUIRE, call).map(LeaseResult::of);
	}

	/**
	 * Stores a set that the holder of the lease has loaded.
	 * @return whether the set is in Redis: the caller still had the lease, and the member
	 * was not changed since the load began
	 */
	Mono<Boolean> store(SetLease lease, LoadedSet loaded) {
		List<Long> numbers = loaded.ids().numbers().boxed().toList();
		Call complete = Call.of(keys(lease), lease.token(), loaded.version(), numbers.size(), lifetime());
		return Flux.fromIterable(numbers)
			.buffer(PART)
			.concatMap((part) -> run(SetScripts.FILL, fill(lease, part)))
			.then(run(SetScripts.STORE, complete))
			.map((stored) -> stored == 1);
	}

	/** Ends a load, after which another caller may load the set. */
	Mono<Void> release(SetLease lease) {
		return run(SetScripts.RELEASE, Call.of(keys(lease), lease.token(), "", lifetime())).then();
	}

	/** Ends a load with the knowledge that the set is too large. */
	Mono<Void> markTooLarge(SetLease lease) {
		return run(SetScripts.RELEASE, Call.of(keys(lease), lease.token(), "L", lifetime())).then();
	}

	/** Applies a change to the sets of a member. */
	Mono<Void> apply(MemberGraphChange change) {
		List<Object> arguments = arguments(change.version() - 1, change.version());
		for (TieMove move : change.moves()) {
			arguments.add(SetKeys.of(move.kind(), change.owner()));
			arguments.add(move.isAdded() ? "SADD" : "SREM");
			arguments.add(IdGenerator.toNumber(move.other()));
		}
		return run(SetScripts.APPLY, Call.of(keys(change.owner()), arguments.toArray())).then();
	}

	/** Deletes the sets of a member that are older than a version. */
	Mono<Void> evictOlder(String owner, long version) {
		return run(SetScripts.APPLY, Call.of(keys(owner), arguments(NO_VERSION, version).toArray())).then();
	}

	/** Whether Redis has anything about the sets of a member. */
	Mono<Boolean> isKnown(String owner) {
		return run(SetScripts.COUNT_KEYS, Call.of(keys(owner))).map((keys) -> keys > 0);
	}

	private List<Object> arguments(long before, long after) {
		return new ArrayList<>(List.of(before, after, this.settings.maxIds(), lifetime()));
	}

	private static Call fill(SetLease lease, List<Long> part) {
		List<Object> arguments = new ArrayList<>(List.of(lease.token(), lease.ttl()));
		arguments.addAll(part);
		return Call.of(keys(lease), arguments.toArray());
	}

	private static List<String> keys(SetLease lease) {
		return List.of(SetKeys.state(lease.kind(), lease.owner()), SetKeys.of(lease.kind(), lease.owner()),
				SetKeys.unfinished(lease.kind(), lease.owner()));
	}

	private static List<String> keys(String owner) {
		List<String> keys = new ArrayList<>();
		for (TieKind kind : TieKind.values()) {
			keys.add(SetKeys.state(kind, owner));
			keys.add(SetKeys.of(kind, owner));
		}
		return keys;
	}

	private <R> Mono<R> run(Script<R> script, Call call) {
		return this.redis.call(() -> this.scripts.run(script, call));
	}

	private Duration lifetime() {
		long longest = this.settings.expireAfter().toMillis();
		return Duration.ofMillis(longest - ThreadLocalRandom.current().nextLong(longest / 5 + 1));
	}

}
