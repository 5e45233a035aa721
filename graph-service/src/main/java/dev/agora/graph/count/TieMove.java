package dev.agora.graph.count;

import dev.agora.graph.tie.TieKind;

/**
 * A member enters or leaves a list.
 *
 * @param kind the list
 * @param isAdded whether the member enters it
 * @param other the id of the member
 */
public record TieMove(TieKind kind, boolean isAdded, String other) {
}
