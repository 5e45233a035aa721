package dev.agora.graph.set;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

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

	/** Bounds the number of scripts in one round trip. */
	private static final int CALLS = 100;

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

	/**
	 * Applies changes to the sets of members. Without its moves, a change deletes the
	 * sets that are older.
	 */
	Mono<Void> apply(List<MemberGraphChange> changes) {
		return runAll(SetScripts.APPLY, changes.stream().map(this::toCall).toList()).then();
	}

	/**
	 * Deletes the sets of members that are older than a version.
	 * @param versions the versions by member
	 */
	Mono<Void> evictOlder(Map<String, Long> versions) {
		return apply(versions.entrySet()
			.stream()
			.map((owner) -> new MemberGraphChange(owner.getKey(), owner.getValue(), List.of()))
			.toList());
	}

	/** Finds the members about whose sets Redis has anything. */
	Mono<List<String>> findKnown(List<String> owners) {
		return runAll(SetScripts.COUNT_KEYS, owners.stream().map((owner) -> Call.of(keys(owner))).toList())
			.map((keys) -> IntStream.range(0, owners.size())
				.filter((at) -> keys.get(at) > 0)
				.mapToObj(owners::get)
				.toList());
	}

	private Call toCall(MemberGraphChange change) {
		long before = change.moves().isEmpty() ? NO_VERSION : change.version() - 1;
		List<Object> arguments = new ArrayList<>(List.of(before, change.version(), this.settings.maxIds(), lifetime()));
		for (TieMove move : change.moves()) {
			arguments.add(SetKeys.of(move.kind(), change.owner()));
			arguments.add(move.isAdded() ? "SADD" : "SREM");
			arguments.add(IdGenerator.toNumber(move.other()));
		}
		return Call.of(keys(change.owner()), arguments.toArray());
	}

	/** Runs a script for each call, with few round trips. */
	private Mono<List<Long>> runAll(Script<Long> script, List<Call> calls) {
		return Flux.fromIterable(calls)
			.buffer(CALLS)
			.concatMap((part) -> this.redis.call(() -> this.scripts.runAll(script, part)))
			.flatMapIterable((results) -> results)
			.collectList();
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
