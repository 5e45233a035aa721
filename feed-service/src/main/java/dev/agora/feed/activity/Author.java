package dev.agora.feed.activity;

import dev.agora.platform.identity.Caller;

/**
 * The author of an activity, as of a version of the member.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the member's version that has this handle and name
 */
public record Author(String id, String handle, String name, long version) {

	public static Author of(Caller caller) {
		return new Author(caller.id(), caller.handle(), caller.name(), caller.version());
	}

}
