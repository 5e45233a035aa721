package dev.agora.session.password;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.platform.problem.Unavailable;

/**
 * Hashes and verifies passwords with Argon2id. A hash is slow on purpose, so only a few
 * run at a time on their own threads, and one that cannot be completed in time is
 * refused.
 */
public final class Passwords implements DisposableBean {

	private final Argon2 argon2;

	private final HashQueue queue;

	public Passwords(PasswordSettings settings) {
		this.argon2 = new Argon2(Math.toIntExact(settings.memory().toKilobytes()), settings.iterations());
		this.queue = new HashQueue(settings.threads(), settings.queue(), System::nanoTime);
		// The first callers need an estimate too.
		this.queue.measure(() -> this.argon2.hash(""));
	}

	/**
	 * Hashes a password with a new salt.
	 * @throws Unavailable if it cannot be completed in time
	 */
	public Mono<String> hash(String password) {
		return this.queue.submit(() -> this.argon2.hash(password));
	}

	/**
	 * Whether a password matches a hash.
	 * @throws Unavailable if it cannot be completed in time
	 */
	public Mono<Boolean> matches(String password, String hash) {
		return this.queue.submit(() -> this.argon2.matches(password, hash));
	}

	/** A hash that takes as long to verify as any other and matches no password. */
	public String dummyHash() {
		return this.argon2.dummyHash();
	}

	@Override
	public void destroy() {
		this.queue.close();
	}

}
