package dev.agora.feed.audience;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;

/** The active follows as far as the feed has received their events. */
public final class FollowProjection {

	private final Projection<Follow> projection;

	public FollowProjection(DocumentStore store) {
		this.projection = store.projection("follows", Follow.class)
			.indexed(Indexes.ascending("value.follower"), Indexes.ascending("value.followee"));
	}

	/**
	 * Stores that a follow started; an older event of the same follow changes nothing.
	 */
	public Mono<Void> upsert(String edge, long version, Follow follow) {
		return this.projection.upsert(edge, version, follow).then();
	}

	/**
	 * Stores that a follow ended; its version remains, so that an older event changes
	 * nothing.
	 */
	public Mono<Void> remove(String edge, long version) {
		return this.projection.remove(edge, version).then();
	}

	/** Whether the projection has these versions of follows, by their ids. */
	public Mono<Boolean> hasVersions(Map<String, Long> versions) {
		return this.projection.hasVersions(versions);
	}

	/**
	 * Finds the newest known state of a follow, also of an ended one, for an event; empty
	 * if there never was one.
	 */
	public Mono<Projected<Follow>> findForEvent(String follower, String followee) {
		return this.projection.findForEvent(follower + ":" + followee);
	}

	/** Finds the versions that this projection has of some follows, by id. */
	public Mono<Map<String, Long>> versions(Collection<String> edges) {
		return this.projection.versions(edges);
	}

	/** Finds the ids of the followers of a member, in no particular order. */
	public Flux<String> followersOf(String member) {
		return this.projection.listTexts(Filters.eq("value.followee", member), "follower", 0);
	}

	/**
	 * Counts the followers of a member.
	 * @param max the number at which the count ends
	 */
	public Mono<Long> countFollowersOf(String member, int max) {
		return this.projection.count(Filters.eq("value.followee", member), max);
	}

	/** Finds the ids of some followers of a member, in no particular order. */
	public Flux<String> someFollowersOf(String member, int max) {
		return this.projection.listTexts(Filters.eq("value.followee", member), "follower", max);
	}

	/** Finds the ids of the members whom a member follows. */
	public Mono<Set<String>> followeesOf(String member) {
		return this.projection.listTexts(Filters.eq("value.follower", member), "followee", 0)
			.collect(Collectors.toSet());
	}

}
