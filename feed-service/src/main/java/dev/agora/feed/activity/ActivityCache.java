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
 * Activities in Redis, {@code feed:activity:v1:{<id>}}, loaded where they are missing.
 */
public final class ActivityCache {

	/** Above any version: an id is never given again. */
	private static final long GONE = Long.MAX_VALUE;

	private final ObjectCache<ActivityView> cache;

	private final Activities activities;

	public ActivityCache(ObjectCaches caches, Activities activities) {
		this.cache = caches.of("feed", "activity", 1, ActivityView.class);
		this.activities = activities;
	}

	/** An activity by id, perhaps a little old; empty where there is none. */
	public Mono<ActivityView> find(String id) {
		return this.cache.get(id, (missing) -> this.activities.find(missing).map(ActivityCache::versioned));
	}

	/**
	 * Activities in the order of their ids; those not there are left out.
	 * @param ids distinct ids
	 */
	public Flux<ActivityView> findAll(List<String> ids) {
		return this.cache.getAll(ids, this::load).flatMapIterable((found) -> inOrder(ids, found));
	}

	/** Stores what was just written. */
	public Mono<ActivityView> put(ActivityView activity) {
		return this.cache.put(activity.id(), activity.version(), activity).thenReturn(activity);
	}

	/** Stores that an activity is gone. */
	public Mono<Void> remove(String id) {
		return this.cache.remove(id, GONE).then();
	}

	/** Drops what is older than a version. */
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
