package dev.agora.product.catalog;

import dev.agora.platform.identity.Caller;
import dev.agora.product.member.MemberCard;

/**
 * The member who offers a product, as they were known when it was written.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the version of the member that handle and name are of
 */
public record Seller(String id, String handle, String name, long version) {

	public static Seller of(Caller caller) {
		return new Seller(caller.id(), caller.handle(), caller.name(), caller.version());
	}

	/** The seller as others have told, if that is newer. */
	Seller orNewer(long toldVersion, MemberCard told) {
		return (toldVersion > this.version) ? new Seller(this.id, told.handle(), told.name(), toldVersion) : this;
	}
}
