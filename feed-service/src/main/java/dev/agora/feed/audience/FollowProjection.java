package dev.agora.feed.audience;

import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projection;

/** The feed's own copy of who follows whom now. */
public final class FollowProjection {

	private final Projection<Follow> copies;

	public FollowProjection(DocumentStore store) {
		this.copies = store.projection("follows", Follow.class)
			.indexed(Indexes.ascending("value.follower"), Indexes.ascending("value.followee"));
	}

	/** A follow began; older news of the same edge change nothing. */
	public Mono<Void> start(String edge, long version, Follow follow) {
		return this.copies.upsert(edge, version, follow).then();
	}

	/** A follow ended; its version stays, so that no older news bring it back. */
	public Mono<Void> end(String edge, long version) {
		return this.copies.remove(edge, version).then();
	}

	/** The ids of those who follow a member, in no order. */
	public Flux<String> followersOf(String member) {
		return this.copies.list(Filters.eq("value.followee", member), null, 0).map(Follow::follower);
	}

	/** The ids of those whom a member follows. */
	public Mono<Set<String>> followedBy(String member) {
		return this.copies.list(Filters.eq("value.follower", member), null, 0)
			.map(Follow::followee)
			.collect(Collectors.toSet());
	}

}
