package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The response of session-service about one token, from the moment of the request. All
 * requests with the same token share it until it expires.
 */
final class CachedIdentity {

	private final long requestedAt;

	private final AtomicBoolean renewalStarted = new AtomicBoolean();

	private volatile Mono<Optional<SignedIdentity>> identity;

	private volatile @Nullable String member;

	/**
	 * Time to live since the request, in nanoseconds; the identity is renewed after a
	 * part of it.
	 */
	private volatile long ttl = Long.MAX_VALUE;

	private volatile long renewAfter = Long.MAX_VALUE;

	/**
	 * Creates an identity that is requested with the first subscription.
	 * @param requestedAt the moment, by {@link System#nanoTime}
	 * @param request asks session-service; a failure is not cached
	 * @param ttl how long a response may be used
	 */
	CachedIdentity(long requestedAt, Mono<SignedIdentity> request, Function<@Nullable SignedIdentity, Duration> ttl) {
		this.requestedAt = requestedAt;
		this.identity = request.doOnSuccess((found) -> resolve(found, ttl.apply(found)))
			.doOnError((failure) -> this.ttl = 0)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.cache();
	}

	long requestedAt() {
		return this.requestedAt;
	}

	/**
	 * The identity, or empty if the token belongs to no session. Once it is known, this
	 * is a plain value that no request waits for.
	 */
	Mono<Optional<SignedIdentity>> identity() {
		return this.identity;
	}

	/** The member of the token, once known; null otherwise. */
	@Nullable String member() {
		return this.member;
	}

	boolean isUsableAt(long now) {
		return now - this.requestedAt < this.ttl;
	}

	/**
	 * Returns true to the first caller after two thirds of the time to live: it renews
	 * the identity before it expires.
	 */
	boolean tryStartRenewal(long now) {
		return now - this.requestedAt > this.renewAfter && this.renewalStarted.compareAndSet(false, true);
	}

	/** Lets another caller try the renewal after a delay, because this one failed. */
	void postponeRenewal(long now, Duration delay) {
		this.renewAfter = now - this.requestedAt + delay.toNanos();
		this.renewalStarted.set(false);
	}

	private void resolve(@Nullable SignedIdentity found, Duration timeToLive) {
		this.identity = Mono.just(Optional.ofNullable(found));
		this.member = (found != null) ? found.memberId() : null;
		this.ttl = timeToLive.toNanos();
		this.renewAfter = (found != null) ? this.ttl * 2 / 3 : Long.MAX_VALUE;
	}

}
