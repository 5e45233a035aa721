package dev.agora.session.member;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.agora.platform.problem.Unavailable;

/**
 * Hashes passwords with Argon2id. It is slow on purpose, so few run at a time, on threads
 * of their own, and when too many wait more are refused.
 */
public final class Passwords implements DisposableBean {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final Argon2 argon2;

	private final Scheduler scheduler;

	public Passwords(PasswordSettings settings) {
		this.argon2 = new Argon2(Math.toIntExact(settings.memory().toKilobytes()), settings.iterations());
		this.scheduler = Schedulers.fromExecutorService(
				new ThreadPoolExecutor(settings.threads(), settings.threads(), 0, TimeUnit.SECONDS,
						new ArrayBlockingQueue<>(settings.queue()), new CustomizableThreadFactory("password-")),
				"password");
	}

	/**
	 * Hashes a password under a new salt.
	 * @throws Unavailable if too many wait
	 */
	public Mono<String> hash(String password) {
		return slowly(() -> this.argon2.hash(password));
	}

	/**
	 * Whether this is the password of a hash.
	 * @throws Unavailable if too many wait
	 */
	public Mono<Boolean> matches(String password, String hash) {
		return slowly(() -> this.argon2.matches(password, hash));
	}

	/** A hash that takes as long to check as any and that no password has. */
	String nobodys() {
		return this.argon2.nobodys();
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

	/**
	 * The client is told when to come back; {@code http.server.requests} shows the 503.
	 */
	private <T> Mono<T> slowly(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.scheduler)
			.onErrorMap(RejectedExecutionException.class,
					(full) -> new Unavailable("Too many passwords are being checked.", RETRY_AFTER));
	}

}
