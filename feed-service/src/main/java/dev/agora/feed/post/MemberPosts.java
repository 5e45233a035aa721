package dev.agora.feed.post;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.platform.document.Change;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Idempotency;

/**
 * Adds, finds and deletes posts on behalf of members, in the store and in Redis. A post
 * that a block hides from a member does not exist for that member.
 */
public final class MemberPosts {

	private final Activities activities;

	private final ActivityCache cache;

	private final TimelineCache timelines;

	private final BlockFilter blocks;

	public MemberPosts(Activities activities, ActivityCache cache, TimelineCache timelines, BlockFilter blocks) {
		this.activities = activities;
		this.cache = cache;
		this.timelines = timelines;
		this.blocks = blocks;
	}

	/** Adds a post, at most once for an idempotent request. */
	Mono<ActivityView> add(Function<Instant, Change<Activity>> publication, Optional<Idempotency> idempotency) {
		return this.activities.add(publication, idempotency)
			.flatMap((post) -> Mono
				.when(this.cache.put(post), this.timelines.pushToAuthor(post.author().id(), post.id()))
				.thenReturn(post));
	}

	/**
	 * Finds a post.
	 * @throws NotFound if there is none for the caller
	 */
	Mono<ActivityView> require(String id, Caller caller, Consistency consistency) {
		Mono<ActivityView> post = consistency.allowsCopy(Optional.of(caller)) ? this.cache.find(id)
				: this.activities.find(id);
		return this.blocks.filter(post, ActivityView::members, caller.id(), consistency)
			.switchIfEmpty(Mono.error(() -> NotFound.of("post", id)));
	}

	/**
	 * Deletes a post of the caller; a repeated deletion succeeds.
	 * @throws NotFound if there is no such post for the caller
	 */
	Mono<Void> delete(String id, Caller caller) {
		return this.activities.delete(id, caller.id())
			.onErrorResume(Forbidden.class,
					(refusal) -> require(id, caller, Consistency.SESSION).then(Mono.error(refusal)))
			.then(Mono.defer(() -> this.cache.remove(id)));
	}

}
