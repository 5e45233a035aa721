package dev.agora.feed.audience;

/**
 * An active follow.
 *
 * @param follower the id of the member who follows
 * @param followee the id of the member who is followed
 */
public record Follow(String follower, String followee) {
}
