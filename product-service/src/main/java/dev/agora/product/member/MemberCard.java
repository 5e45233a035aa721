package dev.agora.product.member;

/** What others see of a member, beside the id. */
public record MemberCard(String handle, String name) {
}
