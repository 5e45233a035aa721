package dev.agora.graph.member;

/** A member as lists show them. */
public record MemberCard(String id, String handle, String name) {
}
