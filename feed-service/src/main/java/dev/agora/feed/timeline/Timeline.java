package dev.agora.feed.timeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A home feed as far as it is kept ready. It holds every activity of its authors from the
 * floor upwards; it may hold more: deleted ones, and ones of authors no longer followed.
 *
 * @param ids activities from the floor upwards, newest first, none twice
 * @param floor the lowest id that the list vouches for
 * @param authors whose activities it was made of: its owner and those they follow
 */
record Timeline(List<String> ids, String floor, Set<String> authors) {

	/** The floor of a list that holds everything. */
	static final String BOTTOM = "0000000000000";

	/**
	 * A list as it was read: pushes come in any order and more than once, and some are
	 * late and belong below the floor, where the store is complete and the list is not.
	 */
	static Timeline read(Collection<String> pushed, String floor, Set<String> authors) {
		return new Timeline(pushed.stream()
			.filter((id) -> id.compareTo(floor) >= 0)
			.distinct()
			.sorted(Comparator.reverseOrder())
			.toList(), floor, authors);
	}

	/**
	 * A list to be made.
	 * @param history ids of the newest activities of the authors, newest first
	 * @param limit how many were asked for; fewer came where there are no more
	 */
	static Timeline made(List<String> history, int limit, Set<String> authors) {
		boolean everything = history.size() < limit;
		return new Timeline(history, everything ? BOTTOM : history.get(history.size() - 1), authors);
	}

	/** The ids that follow a cursor, all where there is none. */
	List<String> after(@Nullable String cursor) {
		return (cursor != null) ? this.ids.stream().filter((id) -> id.compareTo(cursor) < 0).toList() : this.ids;
	}

	/** Where the store goes on for a reader who came with a cursor. */
	String end(@Nullable String cursor) {
		return (cursor != null && cursor.compareTo(this.floor) < 0) ? cursor : this.floor;
	}

	boolean isWhole() {
		return this.floor.equals(BOTTOM);
	}

	boolean isBy(String author) {
		return this.authors.contains(author);
	}

}
