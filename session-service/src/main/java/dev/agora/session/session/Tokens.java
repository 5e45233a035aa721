package dev.agora.session.session;

import java.security.SecureRandom;
import java.util.Base64;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Generates the tokens of new sessions. */
public final class Tokens {

	private static final int BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	/** Generates a random token on another thread, since that may block. */
	public Mono<Token> generate() {
		return Mono.fromSupplier(this::token).subscribeOn(Schedulers.boundedElastic());
	}

	private Token token() {
		byte[] bits = new byte[BYTES];
		this.random.nextBytes(bits);
		return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
	}

}
