package dev.agora.product.review;

import dev.agora.platform.identity.Caller;

/**
 * The member who wrote a review, as of a version of the member.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the member's version that has this handle and name
 */
public record Reviewer(String id, String handle, String name, long version) {

	public static Reviewer of(Caller caller) {
		return new Reviewer(caller.id(), caller.handle(), caller.name(), caller.version());
	}

}
