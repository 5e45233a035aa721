package dev.agora.graph.set;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;

import dev.agora.graph.set.SetOrigin.LoadedSet;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.cache.LeaseBackoff;
import dev.agora.platform.cache.SingleFlight;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.redis.RedisFailure;

/**
 * Loads sets that Redis lacks. One caller in the cluster holds the lease of a set and
 * loads it; all others poll until it is there, and then read it on their own. Nobody gets
 * what another caller has read: a change may have happened since.
 */
final class SetLoader {

	private final SetStore store;

	private final SetOrigin origin;

	private final CacheSettings settings;

	private final LeaseBackoff backoff;

	private final Timer stored;

	private final Timer discarded;

	private final Timer failed;

	private final SingleFlight<Outcome> singleFlight = new SingleFlight<>();

	private final String name = UUID.randomUUID().toString();

	private final AtomicLong tokens = new AtomicLong();

	SetLoader(SetStore store, SetOrigin origin, CacheSettings settings, MeterRegistry meters) {
		this.store = store;
		this.origin = origin;
		this.settings = settings;
		this.backoff = new LeaseBackoff(settings.leaseWait());
		this.stored = meters.timer("graph.sets.loads", "result", "stored");
		this.discarded = meters.timer("graph.sets.loads", "result", "discarded");
		this.failed = meters.timer("graph.sets.loads", "result", "failed");
	}

	/** Loads a set unless it is whole. */
	Mono<Outcome> load(TieKind kind, String owner) {
		return this.singleFlight.join(SetKeys.of(kind, owner), () -> attempt(kind, owner, 0));
	}

	private Mono<Outcome> attempt(TieKind kind, String owner, int polls) {
		if (this.backoff.isExhausted(polls)) {
			return Mono.just(Outcome.UNAVAILABLE);
		}
		String token = this.name + ":" + this.tokens.incrementAndGet();
		SetLease lease = new SetLease(kind, owner, token, this.settings.leaseTtl());
		return this.store.acquire(lease)
			.flatMap((result) -> next(result, lease, polls))
			.onErrorReturn(RedisFailure.class, Outcome.UNAVAILABLE);
	}

	private Mono<Outcome> next(LeaseResult result, SetLease lease, int polls) {
		return switch (result) {
			case WHOLE -> Mono.just(Outcome.WHOLE);
			case TOO_LARGE -> Mono.just(Outcome.TOO_LARGE);
			case BUSY -> Mono.delay(this.backoff.pause(polls))
				.then(Mono.defer(() -> attempt(lease.kind(), lease.owner(), polls + 1)));
			case GRANTED ->
				loadLeased(lease).switchIfEmpty(Mono.defer(() -> attempt(lease.kind(), lease.owner(), polls + 1)));
		};
	}

	/** Loads and stores a set; empty if the set changed during the load. */
	private Mono<Outcome> loadLeased(SetLease lease) {
		return Mono.usingWhen(Mono.just(lease), this::loadAndStore, (held) -> Mono.empty(),
				(held, failure) -> release(held), this::release);
	}

	private Mono<Outcome> loadAndStore(SetLease lease) {
		Timer.Sample sample = Timer.start();
		return this.origin.load(lease.kind(), lease.owner())
			.flatMap((loaded) -> store(lease, loaded))
			.doOnSuccess((outcome) -> sample.stop((outcome != null) ? this.stored : this.discarded))
			.doOnError((failure) -> sample.stop(this.failed));
	}

	private Mono<Outcome> store(SetLease lease, LoadedSet loaded) {
		if (loaded.ids().isTooLarge()) {
			return this.store.markTooLarge(lease).thenReturn(Outcome.TOO_LARGE);
		}
		return this.store.store(lease, loaded).filter((stored) -> stored).map((stored) -> Outcome.WHOLE);
	}

	private Mono<Void> release(SetLease lease) {
		return this.store.release(lease).onErrorComplete(RedisFailure.class);
	}

	/** The state of a set after the attempt to load it. */
	enum Outcome {

		/** The set was whole in Redis a moment ago. */
		WHOLE,
		/** The set is too large to be cached. */
		TOO_LARGE,
		/** Redis is unavailable, or the set changes too often to be cached now. */
		UNAVAILABLE

	}

}
