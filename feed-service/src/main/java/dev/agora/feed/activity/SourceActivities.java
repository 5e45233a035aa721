package dev.agora.feed.activity;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;

/**
 * Keeps at most one activity for each source: that of its newest event. Events may be
 * repeated and come in any order, and two instances may handle events of one source at
 * the same time.
 * <p>
 * The activity of a source is recorded after it was published. A record is replaced only
 * after its activity was removed, and only if it has not changed since it was read. If it
 * has, the event is handled again; if it is older than the new record, it removes its own
 * activity. So a crash at any point leaves no activity that a repeat of the event does
 * not remove. The record also prevents that an old event, which is replayed after the
 * tombstone of its activity has expired, publishes it again.
 * <p>
 * Shard key of the records: {@code _id}, the key of the source.
 */
public final class SourceActivities {

	private static final Projected<SourceActivity> NONE = new Projected<>(0, null);

	private final Projection<SourceActivity> newest;

	private final Activities activities;

	public SourceActivities(DocumentStore store, Activities activities) {
		this.newest = store.projection("activitySources", SourceActivity.class);
		this.activities = activities;
	}

	/**
	 * Publishes the activity of a source in place of its earlier one, unless this version
	 * of the source or a newer one is recorded.
	 * @param id the id of the activity
	 * @param publication the activity
	 */
	public Mono<Void> publish(Source source, String id, Change<Activity> publication) {
		return publish(source, id, this.activities.addOnce(id, publication));
	}

	/**
	 * Publishes the activity of a source, or changes it if it was published for an
	 * earlier version of the source.
	 * @param id the id of the activity, the same for both
	 * @param edit changes the activity; must be pure
	 */
	public Mono<Void> publishOrChange(Source source, String id, Change<Activity> publication,
			Function<Activity, Change<Activity>> edit) {
		return publish(source, id, this.activities.addOnce(id, publication)
			.then(Mono.defer(() -> this.activities.changeIfPresent(id, edit))));
	}

	/**
	 * Whether the activities of sources are in line with these versions or later ones.
	 * @param versions the versions by the keys of the sources
	 */
	public Mono<Boolean> hasVersions(Map<String, Long> versions) {
		return this.newest.hasVersions(versions);
	}

	private Mono<Void> publish(Source source, String id, Mono<Void> publish) {
		return find(source).flatMap((known) -> (known.version() >= source.version()) ? removeUnless(known, id)
				: removeOther(known, id).then(publish)
					.then(record(source, known, new SourceActivity(id)))
					.flatMap((recorded) -> recorded ? Mono.empty() : publish(source, id, publish)));
	}

	/**
	 * Removes the activity of a source, unless this version of the source or a newer one
	 * is recorded.
	 */
	public Mono<Void> withdraw(Source source) {
		return find(source).filter((known) -> known.version() < source.version())
			.flatMap((known) -> removeOther(known, null).then(record(source, known, null)))
			.flatMap((recorded) -> recorded ? Mono.empty() : withdraw(source));
	}

	private Mono<Projected<SourceActivity>> find(Source source) {
		return this.newest.findForEvent(source.key()).defaultIfEmpty(NONE);
	}

	/** Returns false if the record has changed since it was read. */
	private Mono<Boolean> record(Source source, Projected<SourceActivity> known, @Nullable SourceActivity activity) {
		return Mono.defer(() -> this.newest.compareAndSet(source.key(), known.version(),
				new Projected<>(source.version(), activity)));
	}

	/** Removes the activity that is recorded, unless it has this id. */
	private Mono<Void> removeOther(Projected<SourceActivity> known, @Nullable String id) {
		return Mono.justOrEmpty(known.value())
			.map(SourceActivity::id)
			.filter((earlier) -> !earlier.equals(id))
			.flatMap(this.activities::remove);
	}

	/** Removes an activity, unless it is the one that is recorded. */
	private Mono<Void> removeUnless(Projected<SourceActivity> recorded, String id) {
		boolean current = Optional.ofNullable(recorded.value()).map(SourceActivity::id).filter(id::equals).isPresent();
		return current ? Mono.empty() : this.activities.remove(id);
	}

}
