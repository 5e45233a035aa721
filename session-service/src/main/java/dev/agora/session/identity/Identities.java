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
 * The signed identities of open sessions. A signature costs more than all else of a
 * request, so it is made once and handed out again for a while; whether the session is
 * still open the caller has asked before.
 */
public final class Identities implements DisposableBean {

	private static final int THREADS = 2;

	private static final int QUEUE = 10_000;

	private final TokenIssuer issuer;

	private final Duration reuse;

	private final Clock clock;

	private final Cache<Key, SignedIdentity> signed;

	/** Signing draws random numbers, which may block. */
	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, QUEUE, "signing");

	public Identities(TokenIssuer issuer, SigningSettings settings, Clock clock) {
		this.issuer = issuer;
		this.reuse = settings.reuse();
		this.clock = clock;
		this.signed = Caffeine.newBuilder().maximumSize(settings.cached()).expireAfterWrite(settings.reuse()).build();
	}

	/** The identity of an open session for one service. */
	Mono<SignedIdentity> of(Session session, String audience) {
		Key key = new Key(session.id(), session.memberVersion(), audience, this.issuer.keyId());
		SignedIdentity known = this.signed.getIfPresent(key);
		if (known != null) {
			return Mono.just(known);
		}
		return Mono.fromSupplier(() -> this.issuer.issue(session, audience))
			.subscribeOn(this.scheduler)
			.doOnNext((identity) -> keep(key, identity));
	}

	/** One that ends with its session would be of no use when it is handed out again. */
	private void keep(Key key, SignedIdentity identity) {
		if (identity.expiresAt().isAfter(this.clock.instant().plus(this.reuse))) {
			this.signed.put(key, identity);
		}
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

	private record Key(String sessionId, long memberVersion, String audience, String keyId) {
	}

}
