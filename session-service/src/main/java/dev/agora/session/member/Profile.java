package dev.agora.session.member;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;

/**
 * The state of a member without the password hash.
 *
 * @param id the member's id
 * @param version the member's version
 * @param handle the unique name in lower case
 * @param name the name as shown
 * @param createdAt when they registered
 * @param operatorSince when they became an operator; null if they are none
 */
public record Profile(String id, long version, String handle, String name, Instant createdAt,
		@Nullable Instant operatorSince) {

	public static Profile of(Stored<Member> member) {
		return new Profile(member.id(), member.version(), member.value().handle(), member.value().name(),
				member.value().createdAt(), member.value().operatorSince());
	}

}
