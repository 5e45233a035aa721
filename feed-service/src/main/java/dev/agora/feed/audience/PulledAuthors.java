package dev.agora.feed.audience;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;

/**
 * The authors with so many followers that their activities are pulled. Each change raises
 * the version of the author's entry, so of two changes of one version the first wins.
 * <p>
 * Shard key: {@code _id}, the author's id.
 */
public final class PulledAuthors {

	private static final Projected<PulledAuthor> PUSHED = new Projected<>(0, null);

	private static final Duration RECENT = Duration.ofSeconds(15);

	private final Projection<PulledAuthor> projection;

	private final Mono<Set<String>> recent;

	public PulledAuthors(DocumentStore store) {
		this.projection = store.projection("pulledAuthors", PulledAuthor.class);
		this.recent = ids(this.projection.list(Filters.exists("_id"), null, 0)).cache((all) -> RECENT,
				(failure) -> Duration.ZERO, () -> Duration.ZERO);
	}

	/** Finds the entry of an author; one without a value is that of a pushed author. */
	public Mono<Projected<PulledAuthor>> find(String author) {
		return this.projection.findForEvent(author).defaultIfEmpty(PUSHED);
	}

	/**
	 * Pulls an author from now on.
	 * @param version the version of the entry that was found
	 */
	public Mono<Boolean> pull(String author, long version) {
		return this.projection.upsert(author, version + 1, new PulledAuthor(author, false));
	}

	/**
	 * Stores that every timeline of a follower knows that an author is pulled.
	 * @param version the version of the entry that the timelines know
	 * @return false if the entry has changed since
	 */
	public Mono<Boolean> settle(String author, long version) {
		return this.projection.upsert(author, version + 1, new PulledAuthor(author, true));
	}

	/**
	 * Pushes an author from now on.
	 * @param version the version of the entry that was found
	 */
	public Mono<Boolean> push(String author, long version) {
		return this.projection.remove(author, version + 1);
	}

	/** Finds those of some authors who are pulled. */
	public Mono<Set<String>> among(Collection<String> authors) {
		return ids(this.projection.findAll(authors));
	}

	/** Returns all pulled authors, as they were at most 15 s ago. */
	public Mono<Set<String>> recent() {
		return this.recent;
	}

	private static Mono<Set<String>> ids(Flux<PulledAuthor> authors) {
		return authors.map(PulledAuthor::id).collect(Collectors.toUnmodifiableSet());
	}

}
