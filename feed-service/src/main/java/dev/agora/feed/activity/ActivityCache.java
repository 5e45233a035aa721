package dev.agora.feed.activity;

import java.util.List;
import java.util.Map;
import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;

/**
 * Caches the views of activities in Redis under {@code feed:activity:v2:{<id>}}.
 */
public final class ActivityCache {

	/** The version of a tombstone, above all others since an id is never used again. */
	private static final long DELETED = Long.MAX_VALUE;

	private final ObjectCache<ActivityView> cache;

	private final Activities activities;

	public ActivityCache(ObjectCaches caches, Activities activities) {
		this.cache = caches.of("feed", "activity", 2, ActivityView.class);
		this.activities = activities;
	}

	/** Finds an activity, which may be slightly stale; empty if it does not exist. */
	public Mono<ActivityView> find(String id) {
		return this.cache.get(id, (missing) -> this.activities.find(missing).map(ActivityCache::versioned));
	}

	/**
	 * Finds the activities that exist, in the order of their ids.
	 * @param ids distinct ids
	 */
	public Flux<ActivityView> findAll(List<String> ids) {
		return this.cache.getAll(ids, this::load).flatMapIterable((found) -> inOrder(ids, found));
	}

	/** Caches an activity that was just written. */
	public Mono<ActivityView> put(ActivityView activity) {
		return this.cache.put(activity.id(), activity.version(), activity).thenReturn(activity);
	}

	/** Caches that an activity was deleted. */
	public Mono<Void> remove(String id) {
		return this.cache.remove(id, DELETED).then();
	}

	/** Evicts an activity, whatever its version is. */
	public Mono<Void> evict(String id) {
		return this.cache.evict(id);
	}

	/**
	 * Invalidates versions that are older than that of an event. If Redis is unavailable,
	 * this fails, so that the event is delivered again.
	 */
	public Mono<Void> invalidate(String id, long version) {
		return this.cache.invalidate(id, version).then();
	}

	private Flux<Map.Entry<String, Versioned<ActivityView>>> load(Set<String> ids) {
		return this.activities.findAll(ids).map((activity) -> Map.entry(activity.id(), versioned(activity)));
	}

	private static Versioned<ActivityView> versioned(ActivityView activity) {
		return new Versioned<>(activity.version(), activity);
	}

	private static List<ActivityView> inOrder(List<String> ids, Map<String, ActivityView> found) {
		return ids.stream().filter(found::containsKey).map(found::get).toList();
	}

}
