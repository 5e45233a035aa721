package dev.agora.graph.tie;

/**
 * The card of the other member of a tie.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the version of the member that has this handle and name
 */
public record TieCard(String id, String handle, String name, long version) {
}
