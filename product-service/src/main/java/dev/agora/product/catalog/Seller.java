package dev.agora.product.catalog;

import dev.agora.platform.identity.Caller;

/**
 * The member who offers a product, as of a version of the member.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the member's version that has this handle and name
 */
public record Seller(String id, String handle, String name, long version) {

	public static Seller of(Caller caller) {
		return new Seller(caller.id(), caller.handle(), caller.name(), caller.version());
	}

}
