package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What session-service says to one question, from the moment it is asked. All who ask the
 * same meanwhile share it.
 */
final class CachedIdentity {

	private final long askedAt;

	private final AtomicBoolean renewing = new AtomicBoolean();

	private volatile Mono<Optional<SignedIdentity>> identity;

	private volatile @Nullable String member;

	/** How long after it was asked it may be used, and is to be renewed, in ns. */
	private volatile long usableFor = Long.MAX_VALUE;

	private volatile long renewAfter = Long.MAX_VALUE;

	/**
	 * Makes an answer that is asked for when somebody wants it.
	 * @param askedAt the moment, by {@link System#nanoTime}
	 * @param question asks; a failure is no answer, and not used again
	 * @param usableFor for how long what was found may be used
	 */
	CachedIdentity(long askedAt, Mono<SignedIdentity> question,
			Function<@Nullable SignedIdentity, Duration> usableFor) {
		this.askedAt = askedAt;
		this.identity = question.doOnSuccess((found) -> settle(found, usableFor.apply(found)))
			.doOnError((failure) -> this.usableFor = 0)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.cache();
	}

	long askedAt() {
		return this.askedAt;
	}

	/**
	 * The identity, or that no session has the token; once it is known a mere value, at
	 * which no request waits or subscribes.
	 */
	Mono<Optional<SignedIdentity>> identity() {
		return this.identity;
	}

	/** The member behind the token, once it is known; null for everybody else. */
	@Nullable String member() {
		return this.member;
	}

	boolean isUsableAt(long now) {
		return now - this.askedAt < this.usableFor;
	}

	/** True for the first who may renew it, well before it is too old to be used. */
	boolean takeRenewal(long now) {
		return now - this.askedAt > this.renewAfter && this.renewing.compareAndSet(false, true);
	}

	/** It could not be renewed: another may try, in a while. */
	void renewLater(long now, Duration pause) {
		this.renewAfter = now - this.askedAt + pause.toNanos();
		this.renewing.set(false);
	}

	private void settle(@Nullable SignedIdentity found, Duration usable) {
		this.identity = Mono.just(Optional.ofNullable(found));
		this.member = (found != null) ? found.memberId() : null;
		this.usableFor = usable.toNanos();
		this.renewAfter = (found != null) ? usable.toNanos() * 2 / 3 : Long.MAX_VALUE;
	}

}
