package dev.agora.graph.suggestion.rank;

import java.util.Map;

/**
 * A member's friends with their own friends.
 *
 * @param friends the friends, each with the sorted numbers of their own friends
 * @param isComplete whether these are all friends
 */
public record Neighbourhood(Map<Long, long[]> friends, boolean isComplete) {
}
