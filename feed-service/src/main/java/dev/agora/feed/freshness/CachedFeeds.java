package dev.agora.feed.freshness;

import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.Timelines;

/** The home feeds in Redis, as the reconciler compares and evicts them. */
final class CachedFeeds {

	private final Timelines timelines;

	private final TimelineCache cache;

	private final ActivityCache activityCache;

	private final Activities activities;

	CachedFeeds(Timelines timelines, TimelineCache cache, ActivityCache activityCache, Activities activities) {
		this.timelines = timelines;
		this.cache = cache;
		this.activityCache = activityCache;
		this.activities = activities;
	}

	/** Finds the owner of a feed among some random keys of Redis. */
	Mono<String> findAny(int keys) {
		return this.cache.sampleOwners(keys).next();
	}

	/**
	 * Finds the activities that only one of a cached feed and the store has among the
	 * newest; empty if the feed is not cached.
	 */
	Mono<Set<String>> differences(String owner, int entries) {
		return this.timelines.differences(owner, entries);
	}

	/**
	 * Whether Kafka has received all events of some activities: before that, no feed has
	 * to show them.
	 */
	Mono<Boolean> areSent(Set<String> activities) {
		return this.activities.areSent(activities);
	}

	/** Evicts a feed with the activities in which it differs. */
	Mono<Void> evict(String owner, Set<String> differences) {
		return Flux.fromIterable(differences)
			.concatMap(this.activityCache::evict)
			.then(Mono.defer(() -> this.cache.evict(owner)));
	}

}
