package dev.agora.session.member;

import java.time.Instant;

/**
 * The member in a response to a client.
 *
 * @param id the member's id
 * @param handle the unique name in lower case
 * @param name the name as shown
 * @param createdAt when they registered
 */
public record MemberView(String id, String handle, String name, Instant createdAt) {

	public static MemberView of(Profile member) {
		return new MemberView(member.id(), member.handle(), member.name(), member.createdAt());
	}

}
