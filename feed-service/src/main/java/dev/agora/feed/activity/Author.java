package dev.agora.feed.activity;

import dev.agora.platform.identity.Caller;

/**
 * Who did it, as known at a version of the member.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the version of the member that handle and name are of
 */
public record Author(String id, String handle, String name, long version) {

	public static Author of(Caller caller) {
		return new Author(caller.id(), caller.handle(), caller.name(), caller.version());
	}

	/** The author as others have told, if that is newer. */
	public Author orNewer(long toldVersion, String toldHandle, String toldName) {
		return (toldVersion > this.version) ? new Author(this.id, toldHandle, toldName, toldVersion) : this;
	}

}
