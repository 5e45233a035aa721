package dev.agora.graph.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.agora.graph.tie.TieKind;

/**
 * One side of a search: the members whom it has reached from its end of the path, and the
 * layer of those whose sets are to be read next. Members are the numbers of their ids,
 * since there may be many.
 */
final class SearchSide {

	/** The assumed cost of reading a set that is too large for the cache. */
	private static final int COST_OF_LARGE_SET = 50_000;

	private final TieKind kind;

	private final long end;

	/** The member from whom each reached member was reached. */
	private final Map<Long, Long> previous = new HashMap<>();

	private List<Long> layer;

	private List<Long> next = new ArrayList<>();

	private boolean hasLargeSetsOnly;

	private int depth;

	/**
	 * Creates a side that has reached its own end only.
	 * @param kind the kind of the sets that it reads
	 */
	SearchSide(TieKind kind, long end) {
		this.kind = kind;
		this.end = end;
		this.previous.put(end, end);
		this.layer = List.of(end);
	}

	/** Returns the member at the end of the path. */
	long end() {
		return this.end;
	}

	TieKind kind() {
		return this.kind;
	}

	/** Returns the members whose sets are to be read. */
	List<Long> layer() {
		return this.layer;
	}

	/** Whether the sets of the layer are too large for the cache. */
	boolean hasLargeSetsOnly() {
		return this.hasLargeSetsOnly;
	}

	/** Returns the number of follows within which every member was reached. */
	int depth() {
		return this.depth;
	}

	long cost() {
		return (long) this.layer.size() * (this.hasLargeSetsOnly ? COST_OF_LARGE_SET : 1);
	}

	/** Whether there are no further members. */
	boolean isExhausted() {
		return this.layer.isEmpty();
	}

	boolean hasReached(long member) {
		return this.previous.containsKey(member);
	}

	/**
	 * Adds a member to the next layer, unless the member was reached before.
	 * @return whether the member was added
	 */
	boolean reach(long from, long member) {
		if (this.previous.putIfAbsent(member, from) != null) {
			return false;
		}
		this.next.add(member);
		return true;
	}

	/**
	 * Continues with the next layer.
	 * @param tooLarge the members of the layer whose sets could not be read from the
	 * cache; if there are any, they must be read first
	 */
	void advance(List<Long> tooLarge) {
		this.hasLargeSetsOnly = !tooLarge.isEmpty();
		if (this.hasLargeSetsOnly) {
			this.layer = tooLarge;
			return;
		}
		this.layer = this.next;
		this.next = new ArrayList<>();
		this.depth++;
	}

	/** Lists the members from one that was reached back to the end of this side. */
	List<Long> wayFrom(long member) {
		List<Long> way = new ArrayList<>();
		for (long at = member; at != this.end; at = this.previous.getOrDefault(at, this.end)) {
			way.add(at);
		}
		way.add(this.end);
		return way;
	}

}
