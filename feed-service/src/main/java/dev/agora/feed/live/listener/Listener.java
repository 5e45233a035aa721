package dev.agora.feed.live.listener;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A member who listens to this instance, with all streams and all authors. */
public final class Listener {

	private final String member;

	private final List<LiveStream> streams = new ArrayList<>(1);

	/**
	 * In the order of their ids. The texts are those of {@link Listeners}, so that each
	 * is in memory once.
	 */
	private final List<String> authors = new ArrayList<>();

	Listener(String member) {
		this.member = member;
	}

	List<LiveStream> streams() {
		return this.streams;
	}

	List<String> authors() {
		return this.authors;
	}

	/** Whether an author belongs to the member's home feed. */
	public boolean hasAuthor(String author) {
		return find(author) >= 0;
	}

	/** Adds an author; false if there was one. */
	boolean add(String author) {
		int at = find(author);
		if (at < 0) {
			this.authors.add(-at - 1, author);
		}
		return at < 0;
	}

	/**
	 * Removes an author; false if there was none, or if the author is the member, who is
	 * always one.
	 */
	boolean remove(String author) {
		int at = author.equals(this.member) ? -1 : find(author);
		if (at >= 0) {
			this.authors.remove(at);
		}
		return at >= 0;
	}

	private int find(String author) {
		return Collections.binarySearch(this.authors, author);
	}

}
