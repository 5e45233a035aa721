package dev.agora.feed.activity;

import org.jspecify.annotations.Nullable;

/**
 * The stars and text of a review, as of a version of the review.
 *
 * @param stars 1 to 5
 * @param text the text, null if the author gave stars only
 * @param version the review's version that has them
 */
public record ActivityReview(int stars, @Nullable String text, long version) {
}
