package dev.agora.feed.activity;

/**
 * The product that an activity is about, as of a version of the product.
 *
 * @param id the product's id
 * @param title its title
 * @param price its price
 * @param version the product's version that has this title and price
 */
public record ActivityProduct(String id, String title, Price price, long version) {

	/** Creates the product from its card as of a version. */
	public static ActivityProduct of(ProductCard card, long version) {
		return new ActivityProduct(card.id(), card.title(), card.price(), version);
	}

	ActivityProduct withPrice(Price other) {
		return new ActivityProduct(this.id, this.title, other, this.version);
	}

	/** Returns the card of the product. */
	ProductCard card() {
		return new ProductCard(this.id, this.title, this.price);
	}

}
