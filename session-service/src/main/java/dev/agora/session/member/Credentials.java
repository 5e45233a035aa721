package dev.agora.session.member;

import java.util.Optional;
import java.util.function.Predicate;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Problem;
import dev.agora.session.password.Passwords;

/**
 * Authenticates members by handle and password. An unknown handle takes as long as a
 * wrong password of a member whose hash this service made, so that the response time does
 * not reveal which handles exist. A hash made elsewhere may take several times as long,
 * until the member's first log-in replaces it.
 */
public final class Credentials {

	private final Members members;

	private final MemberCache cache;

	private final Passwords passwords;

	public Credentials(Members members, MemberCache cache, Passwords passwords) {
		this.members = members;
		this.cache = cache;
		this.passwords = passwords;
	}

	/** Returns the member; empty if the handle is unknown or the password is wrong. */
	public Mono<Profile> authenticate(String handle, String password) {
		return this.members.findByHandle(handle)
			.singleOptional()
			.flatMap((member) -> verifyPassword(member, password))
			.map(Profile::of);
	}

	/**
	 * Returns the current state of a member, who may have changed while the password was
	 * verified.
	 */
	public Mono<Profile> reload(String id) {
		return this.members.find(id).map(Profile::of);
	}

	/** A member without a password cannot log in, and takes as long as an unknown one. */
	private Mono<Stored<Member>> verifyPassword(Optional<Stored<Member>> member, String password) {
		String hash = member.map((found) -> found.value().passwordHash())
			.filter(Predicate.not(String::isEmpty))
			.orElseGet(this.passwords::dummyHash);
		return this.passwords.matches(password, hash)
			.filter(Boolean::booleanValue)
			.flatMap((verified) -> Mono.justOrEmpty(member))
			.flatMap((verified) -> renewHash(verified, password));
	}

	/**
	 * Replaces a hash that was made with other parameters. If that fails, the member logs
	 * in nevertheless, and the next log-in tries again.
	 */
	private Mono<Stored<Member>> renewHash(Stored<Member> member, String password) {
		String old = member.value().passwordHash();
		return this.passwords.isCurrent(old) ? Mono.just(member)
				: this.passwords.hash(password)
					.flatMap((hash) -> this.members.changePasswordHash(member.id(), old, hash))
					.flatMap((changed) -> this.cache.put(changed).thenReturn(changed))
					.onErrorResume(Problem.class, (failure) -> Mono.just(member));
	}

}
