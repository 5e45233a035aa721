package dev.agora.feed.activity;

/**
 * A product as an activity shows it.
 *
 * @param id the product's id
 * @param title its title
 * @param price its price
 */
public record ProductCard(String id, String title, Price price) {
}
