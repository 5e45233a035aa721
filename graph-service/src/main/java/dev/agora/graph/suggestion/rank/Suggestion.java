package dev.agora.graph.suggestion.rank;

import java.util.Comparator;

/**
 * A member whom another may know.
 *
 * @param number the id of the suggested member as a number
 * @param mutual the number of mutual friends
 * @param score the measure by which suggestions are ranked
 */
public record Suggestion(long number, int mutual, double score) {

	/** The best first; of equal ones the member who registered last. */
	public static final Comparator<Suggestion> ORDER = Comparator.comparingDouble(Suggestion::score)
		.thenComparingLong(Suggestion::number)
		.reversed();

}
