package dev.agora.session.member;

import java.time.Instant;

import dev.agora.platform.document.Change;

/**
 * A member to register who is imported.
 *
 * @param handle 3 to 30 of a-z, 0-9 and _
 * @param name one line of at most 100 characters
 * @param passwordHash the Argon2id hash of their password, or empty
 * @param importedBy the row that imports the member, the same in each run of the import
 */
public record Registration(String handle, String name, String passwordHash, String importedBy) {

	/** The outcome of a registration. */
	public enum Outcome {

		/** A member was registered. */
		CREATED,

		/** The member had no password, and got one. */
		CHANGED,

		/** The member was registered already. */
		UNCHANGED,

		/** The handle has, or had lately, a member with another name. */
		TAKEN

	}

	Change<Member> toMember(Instant at) {
		return Member.register(this.handle, this.name, this.passwordHash, at);
	}

	/** Keeps the hash out of logs. */
	@Override
	public String toString() {
		return "Registration[handle=" + this.handle + ", importedBy=" + this.importedBy + "]";
	}

}
