package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A member's home feed as far as it is complete, or a range of it. The feed holds every
 * activity of its authors from the watermark upwards; it may also hold deleted
 * activities, and activities of authors whom the owner no longer follows.
 *
 * @param ids the ids of the activities from the watermark upwards, newest first, distinct
 * @param isLast whether no further ids follow from the watermark upwards
 * @param watermark the lowest id down to which the timeline is complete
 * @param authors the ids of the authors for whom it was built: the owner and the
 * followees
 */
record Timeline(List<String> ids, boolean isLast, String watermark, Set<String> authors) {

	/** The watermark of a timeline that holds all activities of its authors. */
	static final String LOWEST_ID = "0000000000000";

	private static final int PARTS = 5;

	/**
	 * Parses a range of a timeline as {@link TimelineScripts#OPEN_OR_CLAIM} returns it.
	 * @param count the requested number of ids
	 */
	static Timeline parse(String range, int count) {
		String[] parts = range.split(" ", PARTS);
		List<String> ids = parts[4].isEmpty() ? List.of() : List.of(parts[4].split(",", -1));
		return new Timeline(ids, ids.size() < count, parts[2], Set.of(parts[3].split(",", -1)));
	}

	/**
	 * Builds a timeline from the store.
	 * @param history the ids of the authors' newest activities, newest first
	 * @param limit the requested number of activities; a shorter history has them all
	 */
	static Timeline ofHistory(List<String> history, int limit, Set<String> authors) {
		boolean complete = history.size() < limit;
		return new Timeline(history, true, complete ? LOWEST_ID : history.get(history.size() - 1), authors);
	}

	/** Returns the cursor from which the store continues a page after this timeline. */
	String storeCursor(@Nullable String cursor) {
		return (cursor != null && cursor.compareTo(this.watermark) < 0) ? cursor : this.watermark;
	}

	/** Returns the last id of a range, which has one if further ids follow. */
	String lastId() {
		return this.ids.get(this.ids.size() - 1);
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
