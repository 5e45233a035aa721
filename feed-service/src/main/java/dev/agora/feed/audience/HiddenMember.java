package dev.agora.feed.audience;

/**
 * A member whom a block hides from another.
 *
 * @param id the id of the hidden member
 */
public record HiddenMember(String id) {
}
