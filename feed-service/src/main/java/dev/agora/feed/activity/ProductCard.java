package dev.agora.feed.activity;

/**
 * The little of a product that an activity shows.
 *
 * @param id the product's id
 * @param title its title
 * @param price its price
 */
public record ProductCard(String id, String title, Price price) {
}
