package dev.agora.session.member;

import java.util.Optional;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.session.password.Passwords;

/**
 * Decides whether somebody is who they say. Takes the same work for a handle that nobody
 * has as for a wrong password, so that the time does not tell which handles exist.
 */
public final class Credentials {

	private final Members members;

	private final Passwords passwords;

	public Credentials(Members members, Passwords passwords) {
		this.members = members;
		this.passwords = passwords;
	}

	/** The member; empty for an unknown handle and for a wrong password alike. */
	public Mono<Profile> check(String handle, String password) {
		return this.members.findByHandle(handle)
			.singleOptional()
			.flatMap((member) -> requirePassword(member, password))
			.map(Profile::of);
	}

	/**
	 * A member as they are now: they may have changed while their password was checked.
	 */
	public Mono<Profile> current(String id) {
		return this.members.find(id).map(Profile::of);
	}

	private Mono<Stored<Member>> requirePassword(Optional<Stored<Member>> member, String password) {
		String hash = member.map((known) -> known.value().passwordHash()).orElseGet(this.passwords::nobodys);
		return this.passwords.matches(password, hash)
			.filter(Boolean::booleanValue)
			.flatMap((right) -> Mono.justOrEmpty(member));
	}

}
