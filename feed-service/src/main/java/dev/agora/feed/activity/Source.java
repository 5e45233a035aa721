package dev.agora.feed.activity;

/**
 * An object of another service that has an activity, as of one of its versions: a review,
 * or the price of a product.
 *
 * @param key the key, the same for all versions
 * @param version the version
 */
public record Source(String key, long version) {
}
