package dev.agora.graph.imports;

/**
 * A follow in a list of edges.
 *
 * @param follower the handle of the member who follows
 * @param followee the handle of the member who is followed
 */
record HandlePair(String follower, String followee) {
}
