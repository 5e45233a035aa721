package dev.agora.feed.audience;

/**
 * What the feed knows of a member.
 *
 * @param handle the member's handle
 * @param name the member's name
 */
public record Member(String handle, String name) {
}
