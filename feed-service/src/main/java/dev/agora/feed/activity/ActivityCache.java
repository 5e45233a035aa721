package dev.agora.feed.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.feed.rendered.RenderedActivityCodec;
import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;

/**
 * Caches the JSON of activities in Redis under {@code feed:activity:v3:{<id>}}.
 */
public final class ActivityCache {

	/** The version of a tombstone, above all others since an id is never used again. */
	private static final long DELETED = Long.MAX_VALUE;

	private final ObjectCache<RenderedActivity> cache;

	private final Activities activities;

	private final ActivityRenderer renderer;

	public ActivityCache(ObjectCaches caches, Activities activities, ActivityRenderer renderer) {
		this.cache = caches.of("feed", "activity", 3, new RenderedActivityCodec());
		this.activities = activities;
		this.renderer = renderer;
	}

	/** Finds an activity, which may be slightly stale; empty if it does not exist. */
	public Mono<ActivityView> find(String id) {
		return this.cache.get(id, (missing) -> this.activities.find(missing).map(this::render))
			.map(this.renderer::parse);
	}

	/**
	 * Finds the activities that exist, in the order of their ids.
	 * @param ids distinct ids
	 */
	public Mono<List<RenderedActivity>> findAll(List<String> ids) {
		return this.cache.getAll(ids, this::load).map((found) -> inOrder(ids, found));
	}

	/** Caches an activity that was just written. */
	public Mono<ActivityView> put(ActivityView activity) {
		return this.cache.put(activity.id(), activity.version(), this.renderer.render(activity)).thenReturn(activity);
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
	 * Invalidates versions that are older than those of events. If Redis is unavailable,
	 * this fails, so that the events are delivered again.
	 * @param versions the versions by the ids of the activities
	 */
	public Mono<Void> invalidateAll(Map<String, Long> versions) {
		return this.cache.invalidateAll(versions).then();
	}

	private Flux<Map.Entry<String, Versioned<RenderedActivity>>> load(Set<String> ids) {
		return this.activities.findAll(ids).map((activity) -> Map.entry(activity.id(), render(activity)));
	}

	private Versioned<RenderedActivity> render(ActivityView activity) {
		return new Versioned<>(activity.version(), this.renderer.render(activity));
	}

	private static List<RenderedActivity> inOrder(List<String> ids, Map<String, RenderedActivity> found) {
		List<RenderedActivity> ordered = new ArrayList<>(ids.size());
		for (String id : ids) {
			@Nullable RenderedActivity activity = found.get(id);
			if (activity != null) {
				ordered.add(activity);
			}
		}
		return ordered;
	}

}
