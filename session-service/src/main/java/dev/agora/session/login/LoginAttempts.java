package dev.agora.session.login;

import java.time.Duration;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;
import dev.agora.session.member.Profile;

/**
 * Lets nobody guess passwords for long, and nobody lock out others by guessing. Failures
 * count per handle and address, per address, and per handle; but where a member has
 * logged in before only the first counts for them. An attempt is counted as failed before
 * the password is looked at, so that many at a time gain nothing, and forgiven when it
 * was right. {@code login.attempts} shows by result how many there are.
 */
public final class LoginAttempts {

	private final Failures failures;

	private final KnownAddresses known;

	private final LoginLimitSettings settings;

	private final MeterRegistry meters;

	public LoginAttempts(Failures failures, KnownAddresses known, LoginLimitSettings settings, MeterRegistry meters) {
		this.failures = failures;
		this.known = known;
		this.settings = settings;
		this.meters = meters;
	}

	/**
	 * Has a password checked if it may be.
	 * @param handle whose password it is said to be
	 * @param from where it was sent from
	 * @param check gives the member, or nobody where handle or password are wrong
	 * @return what the check gave
	 * @throws TooManyRequests if too many have failed, before anything costly is done
	 */
	Mono<Profile> guard(String handle, Optional<ClientAddress> from, Mono<Profile> check) {
		Attempt attempt = new Attempt(handle, from.map(ClientAddress::network).orElse(""));
		return requireAllowed(attempt).flatMap((counted) -> check(attempt, counted, check))
			.switchIfEmpty(Mono.defer(() -> failed(attempt)));
	}

	/** Gives whether it was counted against the handle. */
	private Mono<Boolean> requireAllowed(Attempt attempt) {
		return this.failures.take(attempt.handleAndNetwork(), this.settings.perHandleAndAddress())
			.flatMap((wait) -> wait.isZero() ? lookAtAddress(attempt) : refuse(wait))
			.flatMap((wait) -> wait.isZero() ? Mono.just(true) : requireKnown(attempt, wait).thenReturn(false));
	}

	private Mono<Duration> lookAtAddress(Attempt attempt) {
		Mono<Duration> byAddress = attempt.network().isEmpty() ? Mono.just(Duration.ZERO)
				: this.failures.look(attempt.ofNetwork(), this.settings.perAddress());
		return byAddress.flatMap((wait) -> wait.isZero()
				? this.failures.take(attempt.ofHandle(), this.settings.perHandle()) : Mono.just(wait));
	}

	private Mono<Void> requireKnown(Attempt attempt, Duration wait) {
		return this.known.knows(attempt.handle(), attempt.network())
			.filter(Boolean::booleanValue)
			.switchIfEmpty(this.failures.giveBack(attempt.handleAndNetwork()).then(refuse(wait)))
			.then();
	}

	private Mono<Profile> check(Attempt attempt, boolean counted, Mono<Profile> check) {
		return check
			.onErrorResume(Unavailable.class, (unchecked) -> undone(attempt, counted).then(Mono.error(unchecked)))
			.flatMap((member) -> succeeded(attempt, counted, member));
	}

	private Mono<Void> undone(Attempt attempt, boolean counted) {
		return this.failures.giveBack(attempt.handleAndNetwork()).then(forgiveHandle(attempt, counted));
	}

	private Mono<Profile> succeeded(Attempt attempt, boolean counted, Profile member) {
		count("right");
		Mono<Void> remembered = attempt.network().isEmpty() ? Mono.empty()
				: this.known.remember(member.id(), attempt.handle(), attempt.network());
		return this.failures.forget(attempt.handleAndNetwork())
			.then(forgiveHandle(attempt, counted))
			.then(remembered)
			.thenReturn(member);
	}

	private Mono<Void> forgiveHandle(Attempt attempt, boolean counted) {
		return counted ? this.failures.giveBack(attempt.ofHandle()) : Mono.empty();
	}

	private Mono<Profile> failed(Attempt attempt) {
		count("wrong");
		return attempt.network().isEmpty() ? Mono.empty()
				: this.failures.take(attempt.ofNetwork(), Integer.MAX_VALUE).then(Mono.empty());
	}

	private <T> Mono<T> refuse(Duration wait) {
		return Mono.error(() -> {
			count("refused");
			return new TooManyRequests("too-many-attempts", "Too many attempts to log in have failed: wait.", wait);
		});
	}

	private void count(String result) {
		this.meters.counter("login.attempts", "result", result).increment();
	}

	private record Attempt(String handle, String network) {

		String handleAndNetwork() {
			return "both " + this.handle + " " + this.network;
		}

		String ofNetwork() {
			return "address " + this.network;
		}

		String ofHandle() {
			return "handle " + this.handle;
		}

	}

}
