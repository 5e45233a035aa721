package dev.agora.graph.suggestion.store;

import java.time.Instant;

/**
 * A stored list of suggestions.
 *
 * @param list the list
 * @param readAt about when the member last read it
 * @param isActive whether a job keeps it up to date
 */
public record StoredSuggestions(SuggestionList list, Instant readAt, boolean isActive) {
}
