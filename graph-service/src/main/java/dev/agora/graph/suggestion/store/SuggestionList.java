package dev.agora.graph.suggestion.store;

import java.time.Instant;
import java.util.List;

import dev.agora.graph.suggestion.rank.Suggestion;

/**
 * The suggestions for a member as they were computed.
 *
 * @param items the suggestions, the best first
 * @param isComplete whether all friends of the member were considered
 * @param graphVersion the version of the member's counts before the computation
 * @param computedAt the time of the computation
 */
public record SuggestionList(List<Suggestion> items, boolean isComplete, long graphVersion, Instant computedAt) {
}
