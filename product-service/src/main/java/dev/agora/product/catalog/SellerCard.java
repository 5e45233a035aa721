package dev.agora.product.catalog;

/** The seller as a reader of the product sees them. */
public record SellerCard(String id, String handle, String name) {

	static SellerCard of(Seller seller) {
		return new SellerCard(seller.id(), seller.handle(), seller.name());
	}

}
