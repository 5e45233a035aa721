package dev.agora.graph.exports;

import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.platform.id.IdGenerator;

/**
 * A stored suggestion in an export.
 *
 * @param member the id of the suggested member
 * @param mutual the number of mutual friends
 */
record ExportedSuggestionView(String member, int mutual) {

	static ExportedSuggestionView of(Suggestion suggestion) {
		return new ExportedSuggestionView(IdGenerator.ofNumber(suggestion.number()), suggestion.mutual());
	}

}
