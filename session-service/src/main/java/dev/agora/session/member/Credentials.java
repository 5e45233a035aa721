package dev.agora.session.member;

import java.util.Optional;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.session.password.Passwords;

/**
 * Authenticates members by handle and password. An unknown handle takes as long as a
 * wrong password, so that the response time does not reveal which handles exist.
 */
public final class Credentials {

	private final Members members;

	private final Passwords passwords;

	public Credentials(Members members, Passwords passwords) {
		this.members = members;
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

	private Mono<Stored<Member>> verifyPassword(Optional<Stored<Member>> member, String password) {
		String hash = member.map((found) -> found.value().passwordHash()).orElseGet(this.passwords::dummyHash);
		return this.passwords.matches(password, hash)
			.filter(Boolean::booleanValue)
			.flatMap((verified) -> Mono.justOrEmpty(member));
	}

}
