package dev.agora.feed.activity;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;

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

	/** Creates the author from their card as of a version. */
	public static Author of(MemberCard card, long version) {
		return new Author(card.id(), card.handle(), card.name(), version);
	}

	/** Returns the card of the member. */
	MemberCard card() {
		return new MemberCard(this.id, this.handle, this.name);
	}

	/** Whether this is a newer version of the same member. */
	boolean isNewerThan(@Nullable Author other) {
		return other != null && this.id.equals(other.id) && this.version > other.version;
	}

}
