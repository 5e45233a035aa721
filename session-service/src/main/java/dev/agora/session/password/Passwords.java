package dev.agora.session.password;

import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.problem.Unavailable;

/**
 * Hashes and verifies passwords with Argon2id. A hash is slow on purpose, so only a few
 * run at a time on their own threads, and one that cannot be completed in time is
 * refused.
 */
public final class Passwords implements DisposableBean, MeterBinder {

	private final Argon2 argon2;

	private final HashQueue queue;

	private final int maxImportedMemory;

	public Passwords(PasswordSettings settings) {
		this.argon2 = new Argon2(Math.toIntExact(settings.memory().toKilobytes()), settings.iterations());
		this.maxImportedMemory = Math.toIntExact(settings.maxImportedMemory().toKilobytes());
		this.queue = new HashQueue(settings.threads(), settings.queue(), System::nanoTime);
		// The first callers need an estimate too.
		this.queue.measure(() -> this.argon2.hash(""));
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		CapacityMeters.register(meters, "password-hashes", this.queue::unfinished, this.queue::limit);
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

	/** Whether a hash has the parameters of new hashes. */
	public boolean isCurrent(String hash) {
		return this.argon2.isCurrent(hash);
	}

	/**
	 * Checks a hash that was made elsewhere.
	 * @param phc the hash in the PHC string format
	 * @return what it must be; empty if it is acceptable
	 */
	public Optional<String> findViolation(String phc) {
		return ImportedHash.findViolation(phc, this.maxImportedMemory);
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
