package dev.agora.feed.timeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A member's home feed as far as it is complete. It holds every activity of its authors
 * from the watermark upwards; it may also hold deleted activities, and activities of
 * authors whom the owner no longer follows. It lacks activities of pulled authors.
 *
 * @param ids the ids of the activities from the watermark upwards, newest first, distinct
 * @param watermark the lowest id down to which the timeline is complete
 * @param authors the ids of the authors for whom it was built: the owner and the
 * followees
 * @param pulled those of the authors whose activities are in the store alone
 */
record Timeline(List<String> ids, String watermark, Set<String> authors, Set<String> pulled) {

	/** The watermark of a timeline that holds all activities of its authors. */
	static final String LOWEST_ID = "0000000000000";

	/**
	 * Creates a timeline from the elements of its list. Pushes come in any order and may
	 * be repeated. Late ones below the watermark are left out, since only the store is
	 * complete there.
	 */
	static Timeline ofElements(Collection<String> elements, String watermark, Set<String> authors, Set<String> pulled) {
		return new Timeline(elements.stream()
			.filter((id) -> id.compareTo(watermark) >= 0)
			.distinct()
			.sorted(Comparator.reverseOrder())
			.toList(), watermark, authors, pulled);
	}

	/**
	 * Builds a timeline from the store.
	 * @param history the ids of the authors' newest activities, newest first
	 * @param limit the requested number of activities; a shorter history has them all
	 */
	static Timeline ofHistory(List<String> history, int limit, Set<String> authors, Set<String> pulled) {
		boolean complete = history.size() < limit;
		return new Timeline(history, complete ? LOWEST_ID : history.get(history.size() - 1), authors, pulled);
	}

	/** Lists the ids after a cursor, or all ids without one. */
	List<String> idsAfter(@Nullable String cursor) {
		return (cursor != null) ? this.ids.stream().filter((id) -> id.compareTo(cursor) < 0).toList() : this.ids;
	}

	/** Returns the cursor from which the store continues a page after this timeline. */
	String storeCursor(@Nullable String cursor) {
		return (cursor != null && cursor.compareTo(this.watermark) < 0) ? cursor : this.watermark;
	}

	/** Whether the timeline holds all activities of its authors. */
	boolean isComplete() {
		return this.watermark.equals(LOWEST_ID);
	}

	/** Whether the timeline was built for an author. */
	boolean isBuiltFor(String author) {
		return this.authors.contains(author);
	}

}
