package dev.agora.graph.follow;

/**
 * How many neighbours a member has.
 *
 * @param friends those who follow the member and are followed back
 */
record Counts(long followers, long following, long friends) {
}
