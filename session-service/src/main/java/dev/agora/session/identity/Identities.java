package dev.agora.session.identity;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.session.session.Session;
import dev.agora.session.signing.SigningSettings;

/**
 * Issues the identities of open sessions and caches them, since a signature costs more
 * than the rest of a request. The caller has to check first that the session is open.
 */
public final class Identities implements DisposableBean {

	private static final int THREADS = 2;

	private static final int MAX_QUEUED = 10_000;

	private final TokenIssuer issuer;

	private final Duration reuseFor;

	private final Clock clock;

	private final Cache<Key, SignedIdentity> cache;

	/** Signing generates random numbers, which may block. */
	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, MAX_QUEUED, "signing");

	public Identities(TokenIssuer issuer, SigningSettings settings, Clock clock) {
		this.issuer = issuer;
		this.reuseFor = settings.reuseFor();
		this.clock = clock;
		this.cache = Caffeine.newBuilder()
			.maximumSize(settings.cacheSize())
			.expireAfterWrite(settings.reuseFor())
			.build();
	}

	/** Returns the identity of an open session for one service. */
	Mono<SignedIdentity> getOrIssue(Session session, String audience) {
		Key key = new Key(session.id(), session.memberVersion(), audience, this.issuer.keyId());
		SignedIdentity cached = this.cache.getIfPresent(key);
		if (cached != null) {
			return Mono.just(cached);
		}
		return Mono.fromSupplier(() -> this.issuer.issue(session, audience))
			.subscribeOn(this.scheduler)
			.doOnNext((identity) -> cache(key, identity));
	}

	/** An identity that expires with its session before the cache entry is not cached. */
	private void cache(Key key, SignedIdentity identity) {
		if (identity.expiresAt().isAfter(this.clock.instant().plus(this.reuseFor))) {
			this.cache.put(key, identity);
		}
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

	private record Key(String sessionId, long memberVersion, String audience, String keyId) {
	}

}
