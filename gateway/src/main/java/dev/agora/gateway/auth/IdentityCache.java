package dev.agora.gateway.auth;

import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import dev.agora.gateway.balance.ClonesSettings;

/**
 * What session-service said within the last second, so that a burst of one member's
 * requests asks once. It is all that a gateway remembers of anybody.
 */
public final class IdentityCache {

	private final SessionClient sessions;

	private final Set<String> audiences;

	private final Cache<Key, Mono<SignedIdentity>> answers;

	public IdentityCache(SessionClient sessions, AuthSettings settings, ClonesSettings services) {
		this.sessions = sessions;
		this.audiences = services.byService().keySet();
		this.answers = Caffeine.newBuilder()
			.maximumSize(settings.cached())
			.expireAfterWrite(settings.cacheLifetime())
			.build();
	}

	/** The identity behind a token; empty where no session has it. */
	Mono<SignedIdentity> find(SentToken token, String audience) {
		Key key = new Key(token.hash(), audience);
		return this.answers.get(key, (absent) -> ask(key, token));
	}

	/** Forgets a session that is being ended. */
	void forget(SentToken token) {
		String hash = token.hash();
		this.audiences.forEach((audience) -> this.answers.invalidate(new Key(hash, audience)));
	}

	/** Shared by all who ask meanwhile; a failure is not remembered. */
	private Mono<SignedIdentity> ask(Key key, SentToken token) {
		return this.sessions.identity(token, key.audience())
			.doOnError((failure) -> this.answers.invalidate(key))
			.cache();
	}

	private record Key(String tokenHash, String audience) {
	}

}
