package dev.agora.session.member;

import java.time.Instant;

import dev.agora.platform.document.Change;

/**
 * Somebody who can log in.
 *
 * @param handle the unique name in lower case
 * @param name the name as shown
 * @param passwordHash Argon2id with salt and parameters, in its usual text form
 * @param createdAt when they registered
 */
public record Member(String handle, String name, String passwordHash, Instant createdAt) {

	/** Makes somebody a member. */
	public static Change<Member> register(String handle, String name, String passwordHash, Instant at) {
		return Change.to(new Member(handle, name, passwordHash, at), new MemberEvent.Registered(handle, name, at));
	}

	/** Goes by another name; nothing happens to one who has it already. */
	public Change<Member> rename(String to) {
		return to.equals(this.name) ? Change.none(this)
				: Change.to(new Member(this.handle, to, this.passwordHash, this.createdAt),
						new MemberEvent.Renamed(this.handle, to));
	}

	/**
	 * Leaves. Of the member nothing but the handle remains, for a time, so that nobody
	 * takes it over while copies are about.
	 */
	public Change<Member> leave(Instant handleFreeAt) {
		return Change.removal(new MemberEvent.Deleted(this.handle), new Member(this.handle, "", "", this.createdAt),
				handleFreeAt);
	}

}
