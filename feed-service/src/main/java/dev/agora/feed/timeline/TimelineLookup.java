package dev.agora.feed.timeline;

/** The outcome of reading a member's timeline from Redis. */
sealed interface TimelineLookup {

	/** The value of the counter's tag: where the page comes from. */
	String result();

	/** The timeline is in Redis. */
	record Found(Timeline timeline) implements TimelineLookup {

		@Override
		public String result() {
			return "list";
		}

	}

	/** The timeline was missing; the reader has claimed its build. */
	record BuildClaimed(String token) implements TimelineLookup {

		@Override
		public String result() {
			return "built";
		}

	}

	/** Another reader is building the timeline, or Redis is unavailable. */
	record Unavailable() implements TimelineLookup {

		@Override
		public String result() {
			return "store";
		}

	}

}
