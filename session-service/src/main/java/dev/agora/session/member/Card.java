package dev.agora.session.member;

/**
 * The little of a member that goes along with other objects.
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
