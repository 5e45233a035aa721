package dev.agora.feed.timeline;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** The outcome of reading a member's timeline from Redis. */
sealed interface TimelineLookup {

	/** Where the page comes from. */
	PageSource source();

	/**
	 * Whether what was found can be a range of a sorted list.
	 * @param after the id after which the range begins, null for the newest
	 */
	default boolean isSortedAfter(@Nullable String after) {
		return true;
	}

	/**
	 * Parses what {@link TimelineScripts#OPEN_OR_CLAIM} returns.
	 * @param token the token of the reader's claim
	 * @param count the requested number of ids
	 */
	static TimelineLookup parse(String range, String token, int count) {
		if (range.startsWith("building ")) {
			return range.endsWith(" " + token) ? new BuildClaimed(token) : new Unavailable();
		}
		return new Found(Timeline.parse(range, count));
	}

	/** The timeline is in Redis. */
	record Found(Timeline timeline) implements TimelineLookup {

		@Override
		public PageSource source() {
			return PageSource.LIST;
		}

		@Override
		public boolean isSortedAfter(@Nullable String after) {
			return this.timeline.isSortedAfter(after);
		}

	}

	/** The timeline was missing; the reader has claimed its build. */
	record BuildClaimed(String token) implements TimelineLookup {

		@Override
		public PageSource source() {
			return PageSource.BUILT;
		}

	}

	/** Another reader is building the timeline, or Redis is unavailable. */
	record Unavailable() implements TimelineLookup {

		@Override
		public PageSource source() {
			return PageSource.STORE;
		}

	}

	/** Where a page of a home feed comes from. */
	enum PageSource {

		LIST, BUILT, STORE;

		/** Returns the value of the counter's tag. */
		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
