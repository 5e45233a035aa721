package dev.agora.feed.audience;

/**
 * That one member follows another.
 *
 * @param follower the id of who follows
 * @param followee the id of whom they follow
 */
public record Follow(String follower, String followee) {
}
