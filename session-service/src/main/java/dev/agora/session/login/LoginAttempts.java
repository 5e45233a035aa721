package dev.agora.session.login;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.session.member.Profile;
import dev.agora.session.session.KnownAddresses;

/**
 * Limits how often passwords can be guessed, and keeps guesses from locking members out.
 * Failures count per handle and address, per address, and per handle; for an address from
 * which the member has logged in before, only the first limit applies. An attempt counts
 * as failed before the password is verified, so that concurrent attempts gain nothing,
 * and is subtracted unless the password was wrong. Per address it counts afterwards, so
 * that concurrent log-ins behind one address do not hinder each other; concurrent guesses
 * may exceed that limit. The counter {@code login.attempts} has the results.
 */
public final class LoginAttempts {

	private static final String METER = "login.attempts";

	/** Registered at the start, since a first count would not show as an increase. */
	private static final List<String> RESULTS = List.of("right", "wrong", "refused");

	private final FailureCounter failures;

	private final KnownAddresses addresses;

	private final LoginLimitSettings settings;

	private final MeterRegistry meters;

	public LoginAttempts(FailureCounter failures, KnownAddresses addresses, LoginLimitSettings settings,
			MeterRegistry meters) {
		this.failures = failures;
		this.addresses = addresses;
		this.settings = settings;
		this.meters = meters;
		RESULTS.forEach((result) -> meters.counter(METER, "result", result));
	}

	/**
	 * Authenticates a member unless too many attempts have failed.
	 * @param handle the handle of the member
	 * @param from the address of the client
	 * @param authentication returns the member, or is empty if handle or password are
	 * wrong
	 * @return the result of the authentication
	 * @throws TooManyRequests if too many attempts have failed, before the authentication
	 * is subscribed to
	 */
	Mono<Profile> guard(String handle, Optional<ClientAddress> from, Mono<Profile> authentication) {
		Attempt attempt = new Attempt(handle, from.map(ClientAddress::network).orElse(""));
		return Mono
			.usingWhen(requireAllowed(attempt),
					(counted) -> authentication.switchIfEmpty(Mono.error(WrongCredentials::new)),
					(counted) -> subtract(attempt, counted),
					(counted, failure) -> (failure instanceof WrongCredentials) ? Mono.empty()
							: subtract(attempt, counted),
					(counted) -> subtract(attempt, counted))
			.flatMap((member) -> succeeded(attempt, member))
			.onErrorResume(WrongCredentials.class, (wrong) -> failed(attempt));
	}

	/** Returns whether the attempt was counted for the handle. */
	private Mono<Boolean> requireAllowed(Attempt attempt) {
		return this.failures.tryIncrement(attempt.handleAndNetwork(), this.settings.perHandleAndAddress())
			.flatMap((wait) -> wait.isZero() ? checkAddressAndHandle(attempt) : refuse(wait))
			.flatMap((wait) -> wait.isZero() ? Mono.just(true) : requireKnownAddress(attempt, wait).thenReturn(false));
	}

	private Mono<Duration> checkAddressAndHandle(Attempt attempt) {
		Mono<Duration> byAddress = attempt.network().isEmpty() ? Mono.just(Duration.ZERO)
				: this.failures.peek(attempt.ofNetwork(), this.settings.perAddress());
		return byAddress.flatMap((wait) -> wait.isZero()
				? this.failures.tryIncrement(attempt.ofHandle(), this.settings.perHandle()) : Mono.just(wait));
	}

	private Mono<Void> requireKnownAddress(Attempt attempt, Duration wait) {
		Mono<Void> subtracted = this.failures.decrement(attempt.handleAndNetwork());
		return this.addresses.contains(attempt.handle(), attempt.network())
			.onErrorResume((failure) -> subtracted.then(Mono.error(failure)))
			.filter(Boolean::booleanValue)
			.switchIfEmpty(subtracted.then(refuse(wait)))
			.then();
	}

	/** Called also when the client cancels before the password is verified. */
	private Mono<Void> subtract(Attempt attempt, boolean counted) {
		Mono<Void> handle = counted ? this.failures.decrement(attempt.ofHandle()) : Mono.empty();
		return this.failures.decrement(attempt.handleAndNetwork()).then(handle);
	}

	private Mono<Profile> succeeded(Attempt attempt, Profile member) {
		count("right");
		Mono<Void> addressAdded = attempt.network().isEmpty() ? Mono.empty()
				: this.addresses.add(member.id(), attempt.handle(), attempt.network());
		return this.failures.reset(attempt.handleAndNetwork()).then(addressAdded).thenReturn(member);
	}

	private Mono<Profile> failed(Attempt attempt) {
		count("wrong");
		return attempt.network().isEmpty() ? Mono.empty()
				: this.failures.tryIncrement(attempt.ofNetwork(), Integer.MAX_VALUE).then(Mono.empty());
	}

	private <T> Mono<T> refuse(Duration wait) {
		return Mono.error(() -> {
			count("refused");
			return new TooManyRequests("too-many-attempts", "Too many attempts to log in have failed: try again later.",
					wait);
		});
	}

	private void count(String result) {
		this.meters.counter(METER, "result", result).increment();
	}

	/** Signals a wrong handle or password, the only outcome that stays counted. */
	private static final class WrongCredentials extends RuntimeException {

		private static final long serialVersionUID = 1L;

		WrongCredentials() {
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
