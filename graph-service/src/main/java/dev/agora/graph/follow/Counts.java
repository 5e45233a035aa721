package dev.agora.graph.follow;

/**
 * The numbers of a member's followers, followees and friends.
 *
 * @param friends the number of followers whom the member follows back
 */
record Counts(long followers, long following, long friends) {
}
