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
 * @param next the id that follows these, or null if none does from the watermark upwards
 * @param seal the seal of the list: the watermark and the authors
 */
record Timeline(List<String> ids, @Nullable String next, TimelineSeal seal) {

	/** The watermark of a timeline that holds all activities of its authors. */
	static final String LOWEST_ID = "0000000000000";

	/**
	 * Parses a range of a timeline as {@link TimelineScripts#OPEN_OR_CLAIM} returns it.
	 * @param count the required number of ids; the range may have one more
	 */
	static Timeline parse(String range, int count) {
		int end = range.lastIndexOf(' ');
		String list = range.substring(end + 1);
		List<String> ids = list.isEmpty() ? List.of() : List.of(list.split(",", -1));
		TimelineSeal seal = TimelineSeal.parse(range.substring(0, end));
		return new Timeline(ids, null, seal).range(null, count);
	}

	/**
	 * Builds a timeline from the store.
	 * @param history the ids of the authors' newest activities, newest first
	 * @param limit the requested number of activities; a shorter history has them all
	 */
	static Timeline ofHistory(List<String> history, int limit, Set<String> authors, Set<String> pulled) {
		boolean complete = history.size() < limit;
		String watermark = complete ? LOWEST_ID : history.get(history.size() - 1);
		return new Timeline(history, null, new TimelineSeal(watermark, authors, pulled));
	}

	/**
	 * Returns this timeline as its builder reads it: the history that was just read has
	 * the activities of pulled authors as well.
	 */
	Timeline withoutPulled() {
		return new Timeline(this.ids, this.next, this.seal.withoutPulled());
	}

	/**
	 * Returns a range of a whole timeline.
	 * @param after the id after which the range begins, null for the newest
	 * @param count the number of ids; the timeline may have fewer
	 */
	Timeline range(@Nullable String after, int count) {
		List<String> rest = (after != null) ? this.ids.stream().filter((id) -> id.compareTo(after) < 0).toList()
				: this.ids;
		return (rest.size() > count) ? new Timeline(rest.subList(0, count), rest.get(count), this.seal)
				: new Timeline(rest, null, this.seal);
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

	/** Whether no further ids follow from the watermark upwards. */
	boolean isLast() {
		return this.next == null;
	}

	/** Returns the lowest id down to which this range is complete. */
	String lowestId() {
		return isLast() ? watermark() : this.ids.get(this.ids.size() - 1);
	}

	/**
	 * Whether each id is lower than the one before, and the first one than a cursor. The
	 * id that follows counts as well: it shows whether the last one is in its place.
	 */
	boolean isSortedAfter(@Nullable String cursor) {
		@Nullable String before = cursor;
		for (String id : this.ids) {
			if (before != null && id.compareTo(before) >= 0) {
				return false;
			}
			before = id;
		}
		return this.next == null || before == null || this.next.compareTo(before) < 0;
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
