package dev.agora.graph.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import dev.agora.graph.tie.TieKind;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;

/**
 * A search for a shortest path, from both of its ends. The side with the cheaper layer
 * reads the sets of its layer; a path is found when one side reaches a member whom the
 * other side has reached. Both sides may have read a part of their layers, so the first
 * path may be too long. A path is a shortest one if all shorter ones would have been
 * found in the complete layers.
 */
final class PathSearch {

	/** The largest number of follows in a path. */
	static final int MAX_LENGTH = 6;

	private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

	private final SearchSide forward;

	private final SearchSide backward;

	private final Set<Long> excluded;

	private final int maxIds;

	private int idsLeft;

	private List<Long> shortest = List.of();

	private PathSearch(SearchSide forward, SearchSide backward, Set<Long> excluded, int maxIds) {
		this.forward = forward;
		this.backward = backward;
		this.excluded = excluded;
		this.maxIds = maxIds;
		this.idsLeft = maxIds;
	}

	/**
	 * Starts a search.
	 * @param from the id of the first member of the path
	 * @param to the id of the last member
	 * @param maxIds the largest number of ids that the search may read
	 */
	static PathSearch between(String from, String to, int maxIds) {
		return start(IdGenerator.toNumber(from), IdGenerator.toNumber(to), Set.of(), maxIds);
	}

	private static PathSearch start(long from, long to, Set<Long> excluded, int maxIds) {
		PathSearch search = new PathSearch(new SearchSide(TieKind.FOLLOWING, from),
				new SearchSide(TieKind.FOLLOWERS, to), excluded, maxIds);
		if (from == to) {
			search.shortest = List.of(from);
		}
		return search;
	}

	/** Starts again without some members, and with the ids that this search may read. */
	PathSearch without(Set<String> members) {
		Set<Long> without = new HashSet<>(this.excluded);
		members.forEach((member) -> without.add(IdGenerator.toNumber(member)));
		PathSearch again = start(this.forward.end(), this.backward.end(), without, this.maxIds);
		again.idsLeft = this.idsLeft;
		return again;
	}

	boolean isFound() {
		return !this.shortest.isEmpty();
	}

	/** Whether an end of the path is among some members. */
	boolean hasEndAmong(Set<String> members) {
		return members.contains(IdGenerator.ofNumber(this.forward.end()))
				|| members.contains(IdGenerator.ofNumber(this.backward.end()));
	}

	/**
	 * Whether nothing better can be found: the path is a shortest one, or there is none
	 * that is short enough.
	 */
	boolean isOver() {
		return isShortest() || isFutile();
	}

	/** Whether a path was found than which there is no shorter one. */
	boolean isShortest() {
		return isFound() && length(this.shortest) <= this.forward.depth() + this.backward.depth() + 1;
	}

	private boolean isFutile() {
		return this.forward.isExhausted() || this.backward.isExhausted()
				|| this.forward.depth() + this.backward.depth() >= MAX_LENGTH;
	}

	/** Returns the side whose sets are to be read next. */
	SearchSide cheaperSide() {
		return (this.forward.cost() <= this.backward.cost()) ? this.forward : this.backward;
	}

	/**
	 * Adds the members that a set of one side has.
	 * @param from the member whose set it is
	 * @throws Unavailable if the search has read too many ids
	 */
	void reach(SearchSide side, long from, LongStream members) {
		this.idsLeft--;
		members.forEach((member) -> reach(side, from, member));
	}

	/** Lists the ids of the members of the path that was found. */
	List<String> path() {
		return this.shortest.stream().map(IdGenerator::ofNumber).toList();
	}

	private void reach(SearchSide side, long from, long member) {
		if (isShortest()) {
			return;
		}
		if (this.idsLeft-- <= 0) {
			throw new Unavailable("The search for a path ended without a result, since it had read " + this.maxIds
					+ " ids of members.", RETRY_AFTER);
		}
		SearchSide other = (side == this.forward) ? this.backward : this.forward;
		if (!this.excluded.contains(member) && side.reach(from, member) && other.hasReached(member)) {
			meet(member);
		}
	}

	private void meet(long member) {
		List<Long> path = new ArrayList<>(this.forward.wayFrom(member));
		Collections.reverse(path);
		List<Long> rest = this.backward.wayFrom(member);
		path.addAll(rest.subList(1, rest.size()));
		if (length(path) <= MAX_LENGTH && (!isFound() || length(path) < length(this.shortest))) {
			this.shortest = path;
		}
	}

	private static int length(List<Long> path) {
		return path.size() - 1;
	}

}
