package dev.agora.feed.activity;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.identity.Caller;

/**
 * A member whom an activity shows, as its author or as their friend, as of a version of
 * the member.
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

	/** Whether this is a newer version of the same member. */
	boolean isNewerThan(@Nullable Author other) {
		return other != null && this.id.equals(other.id) && this.version > other.version;
	}

}
