package dev.agora.session.password;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.platform.problem.Unavailable;

/**
 * Hashes passwords with Argon2id. It is slow on purpose, so few run at a time, on threads
 * of their own, and what cannot be hashed in time is refused.
 */
public final class Passwords implements DisposableBean {

	private final Argon2 argon2;

	private final HashQueue queue;

	public Passwords(PasswordSettings settings) {
		this.argon2 = new Argon2(Math.toIntExact(settings.memory().toKilobytes()), settings.iterations());
		this.queue = new HashQueue(settings.threads(), settings.queue(), System::nanoTime);
		// So that the first who come are told how long it takes.
		this.queue.measure(() -> this.argon2.hash(""));
	}

	/**
	 * Hashes a password under a new salt.
	 * @throws Unavailable if it cannot be done in time
	 */
	public Mono<String> hash(String password) {
		return this.queue.submit(() -> this.argon2.hash(password));
	}

	/**
	 * Whether this is the password of a hash.
	 * @throws Unavailable if it cannot be done in time
	 */
	public Mono<Boolean> matches(String password, String hash) {
		return this.queue.submit(() -> this.argon2.matches(password, hash));
	}

	/** A hash that takes as long to check as any and that no password has. */
	public String nobodys() {
		return this.argon2.nobodys();
	}

	@Override
	public void destroy() {
		this.queue.close();
	}

}
