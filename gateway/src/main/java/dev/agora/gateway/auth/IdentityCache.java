package dev.agora.gateway.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.platform.problem.Unauthenticated;

/**
 * What session-service said of tokens lately, so that most requests ask nothing. An
 * answer is used for as long as its identity lives and every {@link RevocationListener
 * revocation} since is sure to be heard; while that is not sure, for a second. It is all
 * that a gateway remembers of anybody.
 */
public final class IdentityCache {

	private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(1);

	private final SessionClient sessions;

	private final RevocationListener revocations;

	private final AuthSettings settings;

	private final Set<String> audiences;

	private final Clock clock;

	private final Cache<Key, CachedIdentity> answers;

	public IdentityCache(SessionClient sessions, RevocationListener revocations, AuthSettings settings,
			InstancesSettings services, Clock clock) {
		this.sessions = sessions;
		this.revocations = revocations;
		this.settings = settings;
		this.audiences = services.byService().keySet();
		this.clock = clock;
		this.answers = Caffeine.newBuilder()
			// No other thread need wake up for what takes no time.
			.executor(Runnable::run)
			.maximumSize(settings.cacheSize())
			.expireAfterWrite(settings.lifetime())
			.build();
		revocations.onOutdated(this::forget);
	}

	/** The identity behind a token, or that no session has it. */
	Mono<Optional<SignedIdentity>> find(ClientToken token, String audience) {
		Key key = new Key(token.hash(), audience);
		if (this.revocations.isEnded(key.tokenHash())) {
			return Mono.just(Optional.empty());
		}
		long now = System.nanoTime();
		CachedIdentity known = this.answers.getIfPresent(key);
		if (known == null || !isGood(known, now)) {
			return known(key, token).identity();
		}
		if (known.takeRenewal(now)) {
			renew(key, known, token);
		}
		return known.identity();
	}

	/**
	 * The member who sends a request, as far as that is known without asking: null for
	 * anonymous clients, and for members whose token is not remembered.
	 */
	public @Nullable String knownMember(ServerHttpRequest request, String audience) {
		try {
			CachedIdentity known = ClientToken.ofHeader(request.getHeaders())
				.or(() -> ClientCookie.of(request.getHeaders()).token())
				.map((token) -> this.answers.getIfPresent(new Key(token.hash(), audience)))
				.orElse(null);
			return (known != null) ? known.member() : null;
		}
		catch (Unauthenticated notOfUs) {
			return null;
		}
	}

	/** Forgets a session that is being ended. */
	void forget(ClientToken token) {
		forget(token.hash());
	}

	private void forget(String tokenHash) {
		this.audiences.forEach((audience) -> this.answers.invalidate(new Key(tokenHash, audience)));
	}

	private boolean isGood(CachedIdentity answer, long now) {
		return answer.isUsableAt(now) && (now - answer.askedAt() < this.settings.unverifiedTtl().toNanos()
				|| this.revocations.hasReceivedAllSince(answer.askedAt()));
	}

	/** Somebody else may have asked just now. */
	private CachedIdentity known(Key key, ClientToken token) {
		return this.answers.asMap()
			.compute(key,
					(same, there) -> (there != null && isGood(there, System.nanoTime())) ? there : ask(key, token));
	}

	private CachedIdentity ask(Key key, ClientToken token) {
		return new CachedIdentity(System.nanoTime(), this.sessions.identity(token, key.audience()), this::usableFor);
	}

	/** So that no request waits for session-service as long as its session is in use. */
	private void renew(Key key, CachedIdentity old, ClientToken token) {
		CachedIdentity next = ask(key, token);
		next.identity()
			// Not if a revocation has taken the old one away meanwhile.
			.doOnSuccess((found) -> this.answers.asMap().replace(key, old, next))
			.doOnError((failure) -> old.renewLater(System.nanoTime(), RENEWAL_PAUSE))
			.onErrorComplete()
			.subscribe();
	}

	private Duration usableFor(@Nullable SignedIdentity found) {
		if (found == null) {
			return this.settings.unverifiedTtl();
		}
		Duration left = Duration.between(this.clock.instant(), found.expiresAt()).minus(this.settings.expiryMargin());
		return (left.compareTo(this.settings.lifetime()) < 0) ? left : this.settings.lifetime();
	}

	private record Key(String tokenHash, String audience) {
	}

}
