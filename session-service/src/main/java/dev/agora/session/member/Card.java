package dev.agora.session.member;

/**
 * The fields of a member that other objects embed.
 *
 * @param id the member's id
 * @param handle the unique name in lower case
 * @param name the name as shown
 */
public record Card(String id, String handle, String name) {

	public static Card of(Profile member) {
		return new Card(member.id(), member.handle(), member.name());
	}

}
