package dev.agora.feed.live;

import java.util.ArrayList;
import java.util.List;

/** A member who listens to this instance, with all streams and all authors. */
final class Listener {

	private final String member;

	private final List<LiveStream> streams = new ArrayList<>(1);

	/** The texts are those of the index, so that each is in memory once. */
	private final List<String> authors = new ArrayList<>();

	Listener(String member) {
		this.member = member;
	}

	String member() {
		return this.member;
	}

	List<LiveStream> streams() {
		return this.streams;
	}

	List<String> authors() {
		return this.authors;
	}

}
