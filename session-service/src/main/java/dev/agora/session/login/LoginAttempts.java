package dev.agora.session.login;

import java.time.Duration;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.session.member.Profile;
import dev.agora.session.session.KnownAddresses;

/**
 * Lets nobody guess passwords for long, and nobody lock out others by guessing. Failures
 * count per handle and address, per address, and per handle; but where a member has
 * logged in before only the first counts for them. An attempt is counted as failed before
 * the password is looked at, so that many at a time gain nothing, and forgiven unless it
 * was wrong; per address it is counted afterwards, so that neighbours who log in at once
 * don't get into each other's way, and many at a time may pass that limit.
 * {@code login.attempts} shows by result how many there are.
 */
public final class LoginAttempts {

	private final FailureCounter failures;

	private final KnownAddresses known;

	private final LoginLimitSettings settings;

	private final MeterRegistry meters;

	public LoginAttempts(FailureCounter failures, KnownAddresses known, LoginLimitSettings settings,
			MeterRegistry meters) {
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
		return Mono
			.usingWhen(requireAllowed(attempt), (counted) -> check.switchIfEmpty(Mono.error(Wrong::new)),
					(counted) -> forgive(attempt, counted),
					(counted, failure) -> (failure instanceof Wrong) ? Mono.empty() : forgive(attempt, counted),
					(counted) -> forgive(attempt, counted))
			.flatMap((member) -> succeeded(attempt, member))
			.onErrorResume(Wrong.class, (wrong) -> failed(attempt));
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
		Mono<Void> forgiven = this.failures.giveBack(attempt.handleAndNetwork());
		return this.known.knows(attempt.handle(), attempt.network())
			.onErrorResume((failure) -> forgiven.then(Mono.error(failure)))
			.filter(Boolean::booleanValue)
			.switchIfEmpty(forgiven.then(refuse(wait)))
			.then();
	}

	/** Also where the caller went away before the password was checked. */
	private Mono<Void> forgive(Attempt attempt, boolean counted) {
		Mono<Void> handle = counted ? this.failures.giveBack(attempt.ofHandle()) : Mono.empty();
		return this.failures.giveBack(attempt.handleAndNetwork()).then(handle);
	}

	private Mono<Profile> succeeded(Attempt attempt, Profile member) {
		count("right");
		Mono<Void> remembered = attempt.network().isEmpty() ? Mono.empty()
				: this.known.remember(member.id(), attempt.handle(), attempt.network());
		return this.failures.forget(attempt.handleAndNetwork()).then(remembered).thenReturn(member);
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

	/** Handle or password are: the only outcome that stays counted. */
	private static final class Wrong extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Wrong() {
			super(null, null, false, false);
		}

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
