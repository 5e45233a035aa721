package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A member's home feed as far as it is complete, or a range of it. The feed holds every
 * activity of its authors from the watermark upwards; it may also hold deleted
 * activities, and activities of authors whom the owner no longer follows. It lacks
 * activities of pulled authors.
 *
 * @param ids the ids of the activities from the watermark upwards, newest first, distinct
 * @param isLast whether no further ids follow from the watermark upwards
 * @param seal the seal of the list: the watermark and the authors
 */
record Timeline(List<String> ids, boolean isLast, TimelineSeal seal) {

	/** The watermark of a timeline that holds all activities of its authors. */
	static final String LOWEST_ID = "0000000000000";

	/**
	 * Parses a range of a timeline as {@link TimelineScripts#OPEN_OR_CLAIM} returns it.
	 * @param count the requested number of ids
	 */
	static Timeline parse(String range, int count) {
		int end = range.lastIndexOf(' ');
		String list = range.substring(end + 1);
		List<String> ids = list.isEmpty() ? List.of() : List.of(list.split(",", -1));
		return new Timeline(ids, ids.size() < count, TimelineSeal.parse(range.substring(0, end)));
	}

	/**
	 * Builds a timeline from the store.
	 * @param history the ids of the authors' newest activities, newest first
	 * @param limit the requested number of activities; a shorter history has them all
	 */
	static Timeline ofHistory(List<String> history, int limit, Set<String> authors, Set<String> pulled) {
		boolean complete = history.size() < limit;
		String watermark = complete ? LOWEST_ID : history.get(history.size() - 1);
		return new Timeline(history, true, new TimelineSeal(watermark, authors, pulled));
	}

	String watermark() {
		return this.seal.watermark();
	}

	Set<String> authors() {
		return this.seal.authors();
	}

	Set<String> pulled() {
		return this.seal.pulled();
	}

	/** Returns the cursor from which the store continues a page after this timeline. */
	String storeCursor(@Nullable String cursor) {
		return (cursor != null && cursor.compareTo(watermark()) < 0) ? cursor : watermark();
	}

	/** Returns the lowest id down to which this range is complete. */
	String lowestId() {
		return this.isLast ? watermark() : this.ids.get(this.ids.size() - 1);
	}

	/** Whether the timeline holds all activities of its authors. */
	boolean isComplete() {
		return watermark().equals(LOWEST_ID);
	}

	/** Whether the timeline was built for an author. */
	boolean isBuiltFor(String author) {
		return authors().contains(author);
	}

}
