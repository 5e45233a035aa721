package dev.agora.graph.suggestion;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.graph.suggestion.store.SuggestionList;
import dev.agora.platform.web.Page;

/**
 * A page of suggestions.
 *
 * @param items the suggestions, the best first
 * @param next the cursor of the next page, null on the last page
 * @param complete whether all friends of the member were considered
 * @param computedAt when the suggestions were computed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SuggestionPageView(List<SuggestionView> items, @Nullable String next, boolean complete, Instant computedAt) {

	static SuggestionPageView of(Page<SuggestionView> page, SuggestionList list) {
		return new SuggestionPageView(page.items(), page.next(), list.isComplete(), list.computedAt());
	}

}
