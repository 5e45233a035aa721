package dev.agora.feed.timeline;

/** What a reader finds who asks for the list of a home feed. */
sealed interface TimelineLookup {

	/** Where the page will come from, as counted. */
	String result();

	/** The list is there. */
	record Ready(Timeline timeline) implements TimelineLookup {

		@Override
		public String result() {
			return "list";
		}

	}

	/** It was not there; this reader is to make it. */
	record Claimed(String token) implements TimelineLookup {

		@Override
		public String result() {
			return "built";
		}

	}

	/** Somebody makes it, or Redis is away. */
	record Elsewhere() implements TimelineLookup {

		@Override
		public String result() {
			return "store";
		}

	}

}
