package dev.agora.feed.live.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The members who listen to this instance, by their ids and by the authors of their home
 * feeds. It is used by one thread at a time.
 */
public final class Listeners {

	private final Map<String, Listener> byMember = new HashMap<>();

	private final Map<String, Author> byAuthor = new HashMap<>();

	/** Adds a stream, with the newest known authors of its member. */
	public void add(LiveStream stream, Set<String> authors) {
		Listener listener = this.byMember.computeIfAbsent(stream.member(), Listener::new);
		listener.streams().add(stream);
		List.copyOf(listener.authors())
			.stream()
			.filter((author) -> !authors.contains(author))
			.forEach((author) -> unfollow(stream.member(), author));
		// In their order, so that each is appended.
		authors.stream().sorted().forEach((author) -> follow(stream.member(), author));
	}

	/** Removes a stream, and its member with the last one. */
	public void remove(LiveStream stream) {
		@Nullable Listener listener = this.byMember.get(stream.member());
		if (listener != null && listener.streams().remove(stream) && listener.streams().isEmpty()) {
			this.byMember.remove(stream.member());
			listener.authors().forEach((author) -> removeFrom(author, listener));
		}
	}

	/**
	 * Adds an author to a member's home feed.
	 * @return whether the member listens and the author is a new one
	 */
	public boolean follow(String member, String author) {
		@Nullable Listener listener = this.byMember.get(member);
		if (listener == null) {
			return false;
		}
		Author entry = this.byAuthor.computeIfAbsent(author, Author::new);
		return listener.add(entry.id()) && entry.listeners().add(listener);
	}

	/** Whether a member listens and has an author in the home feed. */
	public boolean hasAuthor(String member, String author) {
		@Nullable Listener listener = this.byMember.get(member);
		return listener != null && listener.hasAuthor(author);
	}

	/** Removes an author from a member's home feed. */
	public void unfollow(String member, String author) {
		@Nullable Listener listener = this.byMember.get(member);
		if (listener != null && listener.remove(author)) {
			removeFrom(author, listener);
		}
	}

	/**
	 * Lists the streams of the members whose home feed has an author.
	 * @param filter selects the members who receive the activity
	 */
	public List<LiveStream> ofAuthor(String author, Predicate<Listener> filter) {
		@Nullable Author entry = this.byAuthor.get(author);
		return (entry == null) ? List.of()
				: entry.listeners().stream().filter(filter).flatMap((listener) -> listener.streams().stream()).toList();
	}

	/** Lists the streams of a member. */
	public Collection<LiveStream> ofMember(String member) {
		@Nullable Listener listener = this.byMember.get(member);
		return (listener != null) ? List.copyOf(listener.streams()) : List.of();
	}

	/** Lists all streams. */
	public List<LiveStream> all() {
		return this.byMember.values().stream().flatMap((listener) -> listener.streams().stream()).toList();
	}

	private void removeFrom(String author, Listener listener) {
		@Nullable Author entry = this.byAuthor.get(author);
		if (entry != null && entry.listeners().remove(listener) && entry.listeners().isEmpty()) {
			this.byAuthor.remove(author);
		}
	}

	/** The id is shared by all listeners, so that it is in memory once. */
	private record Author(String id, List<Listener> listeners) {

		Author(String id) {
			this(id, new ArrayList<>(1));
		}

	}

}
