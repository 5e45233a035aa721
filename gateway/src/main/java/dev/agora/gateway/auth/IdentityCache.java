package dev.agora.gateway.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.platform.problem.Unauthenticated;

/**
 * Caches the identities of tokens, so that most requests need no call of session-service.
 * An identity is used as long as it is valid and the gateway can confirm that it has
 * received all {@link RevocationSubscription revocations} since the request; without that
 * confirmation, for a second. A gateway stores nothing else about members.
 */
public final class IdentityCache implements MeterBinder {

	private static final Duration RENEWAL_RETRY_DELAY = Duration.ofSeconds(1);

	private final SessionClient sessions;

	private final RevocationSubscription revocations;

	private final AuthSettings settings;

	private final Set<String> audiences;

	private final Clock clock;

	private final Cache<Key, CachedIdentity> identities;

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	public IdentityCache(SessionClient sessions, RevocationSubscription revocations, AuthSettings settings,
			InstancesSettings services, Clock clock) {
		this.sessions = sessions;
		this.revocations = revocations;
		this.settings = settings;
		this.audiences = services.byService().keySet();
		this.clock = clock;
		this.identities = Caffeine.newBuilder()
			// Maintenance takes next to no time and needs no thread of its own.
			.executor(Runnable::run)
			.maximumSize(settings.cacheSize())
			.expireAfterWrite(settings.lifetime())
			.build();
		revocations.onOutdated(this::evict);
	}

	/** The identity of a token, or empty if the token belongs to no session. */
	Mono<Optional<SignedIdentity>> find(ClientToken token, String audience) {
		Key key = new Key(token.hash(), audience);
		if (this.revocations.isEnded(key.tokenHash())) {
			return Mono.just(Optional.empty());
		}
		long now = System.nanoTime();
		CachedIdentity known = this.identities.getIfPresent(key);
		if (known == null || !isUsable(known, now)) {
			this.misses.increment();
			return findOrRequest(key, token).identity();
		}
		this.hits.increment();
		if (known.tryStartRenewal(now)) {
			renew(key, known, token);
		}
		return known.identity();
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		Map.of("hit", this.hits, "miss", this.misses)
			.forEach((result, count) -> FunctionCounter.builder("cache.reads", count, LongAdder::sum)
				.description("Reads of a cache by their result")
				.tags("cache", "gateway:identity", "result", result)
				.register(meters));
	}

	/**
	 * The member who sends a request, if the identity is cached; null for anonymous
	 * clients and for tokens that are not cached.
	 */
	public @Nullable String knownMember(ServerHttpRequest request, String audience) {
		try {
			CachedIdentity known = ClientToken.ofHeader(request.getHeaders())
				.or(() -> ClientCookie.of(request.getHeaders()).token())
				.map((token) -> this.identities.getIfPresent(new Key(token.hash(), audience)))
				.orElse(null);
			return (known != null) ? known.member() : null;
		}
		catch (Unauthenticated malformedToken) {
			return null;
		}
	}

	/** Ends an open session and evicts its identities. */
	Mono<Void> end(ClientToken token, SignedIdentity identity) {
		return this.sessions.end(identity).doFinally((signal) -> evict(token));
	}

	/** Evicts the identities of a session that is being ended. */
	void evict(ClientToken token) {
		evict(token.hash());
	}

	private void evict(String tokenHash) {
		this.audiences.forEach((audience) -> this.identities.invalidate(new Key(tokenHash, audience)));
	}

	private boolean isUsable(CachedIdentity identity, long now) {
		return identity.isUsableAt(now) && (now - identity.requestedAt() < this.settings.unverifiedTtl().toNanos()
				|| this.revocations.hasReceivedAllSince(identity.requestedAt()));
	}

	/** Requests the identity, unless another request has done so meanwhile. */
	private CachedIdentity findOrRequest(Key key, ClientToken token) {
		return this.identities.asMap()
			.compute(key, (same, present) -> (present != null && isUsable(present, System.nanoTime())) ? present
					: request(key, token));
	}

	private CachedIdentity request(Key key, ClientToken token) {
		return new CachedIdentity(System.nanoTime(), this.sessions.identity(token, key.audience()), this::timeToLive);
	}

	/**
	 * Renews an identity before it expires, so that no request waits for session-service
	 * as long as its session is in use.
	 */
	private void renew(Key key, CachedIdentity old, ClientToken token) {
		CachedIdentity next = request(key, token);
		next.identity()
			// The new identity is stored only if no revocation has evicted the old one
			// meanwhile.
			.doOnSuccess((found) -> this.identities.asMap().replace(key, old, next))
			.doOnError((failure) -> old.postponeRenewal(System.nanoTime(), RENEWAL_RETRY_DELAY))
			.onErrorComplete()
			.subscribe();
	}

	private Duration timeToLive(@Nullable SignedIdentity found) {
		if (found == null) {
			return this.settings.unverifiedTtl();
		}
		Duration left = Duration.between(this.clock.instant(), found.expiresAt()).minus(this.settings.expiryMargin());
		return (left.compareTo(this.settings.lifetime()) < 0) ? left : this.settings.lifetime();
	}

	private record Key(String tokenHash, String audience) {
	}

}
