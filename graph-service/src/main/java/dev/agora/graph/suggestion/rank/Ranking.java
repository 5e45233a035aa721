package dev.agora.graph.suggestion.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Ranks the friends of a member's friends by the measure of Adamic and Adar: the sum of
 * {@code 1 / ln(number of friends)} over the mutual friends. A mutual friend whom many
 * know says less about two members than one whom few know, so that members with very many
 * friends are not suggested to everybody.
 * <p>
 * The measure is from L. A. Adamic and E. Adar, "Friends and neighbors on the Web",
 * Social Networks 25 (3), 2003, pages 211–230.
 */
public final class Ranking {

	/** A friend of two members has at least these two friends. */
	private static final int MIN_FRIENDS = 2;

	private final long[] candidates;

	private final int[] mutual;

	private final double[] scores;

	private Ranking(long[] candidates) {
		this.candidates = candidates;
		this.mutual = new int[candidates.length];
		this.scores = new double[candidates.length];
	}

	/**
	 * Ranks the friends of friends, without the member and the member's friends.
	 * @param member the number of the member
	 * @param friends the friends, each with the sorted numbers of their own friends
	 * @return all of them, the best first
	 */
	public static List<Suggestion> of(long member, Map<Long, long[]> friends) {
		Ranking ranking = new Ranking(
				friends.values().stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray());
		// The order of a sum of floating-point numbers must not depend on that of a map.
		friends.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((each) -> ranking.add(each.getValue()));
		return ranking.toSuggestions(member, friends);
	}

	private void add(long[] friendsOfFriend) {
		double weight = 1 / Math.log(Math.max(MIN_FRIENDS, friendsOfFriend.length));
		int at = 0;
		for (long candidate : friendsOfFriend) {
			at = Arrays.binarySearch(this.candidates, at, this.candidates.length, candidate);
			this.mutual[at]++;
			this.scores[at] += weight;
		}
	}

	private List<Suggestion> toSuggestions(long member, Map<Long, long[]> friends) {
		List<Suggestion> suggestions = new ArrayList<>();
		for (int i = 0; i < this.candidates.length; i++) {
			if (this.candidates[i] != member && !friends.containsKey(this.candidates[i])) {
				suggestions.add(new Suggestion(this.candidates[i], this.mutual[i], this.scores[i]));
			}
		}
		suggestions.sort(Suggestion.ORDER);
		return suggestions;
	}

}
