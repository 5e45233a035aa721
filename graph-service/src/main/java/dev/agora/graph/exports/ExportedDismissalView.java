package dev.agora.graph.exports;

/**
 * A dismissed suggestion in an export.
 *
 * @param member the id of the member who is no longer suggested
 */
record ExportedDismissalView(String member) {
}
