package dev.agora.platform.member;

/**
 * A member as others see them.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 */
public record MemberCard(String id, String handle, String name) {
}
