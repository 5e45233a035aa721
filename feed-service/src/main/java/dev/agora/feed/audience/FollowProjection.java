package dev.agora.feed.audience;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.mongo.Batches;

/** The active follows as far as the feed has received their events. */
public final class FollowProjection {

	/** Excludes the follows that an older release stored without their start. */
	private static final Bson COMPLETE = Filters.or(Filters.exists("value.since"), Filters.exists("value", false));

	/** Bounds the members and their followers of one query. */
	private static final int SHARED_MEMBERS = 50;

	private static final int SHARED_FOLLOWERS = 5_000;

	/** Leaves most connections to the requests. */
	private static final int MAX_CONCURRENT_QUERIES = 8;

	private final Projection<Follow> projection;

	public FollowProjection(DocumentStore store) {
		this.projection = store.projection("follows", Follow.class)
			.indexed(Indexes.ascending("value.follower"), Indexes.ascending("value.followee", "_id"));
	}

	/**
	 * Stores that a follow started; an older event of the same follow changes nothing.
	 */
	public Mono<Boolean> upsert(String edge, long version, Follow follow) {
		return this.projection.upsert(edge, version, follow);
	}

	/**
	 * Stores that a follow ended; its version remains, so that an older event changes
	 * nothing.
	 */
	public Mono<Boolean> remove(String edge, long version) {
		return this.projection.remove(edge, version);
	}

	/** Stores the states of follows after their events, given in any order. */
	public Mono<Void> apply(List<ReceivedEvent<FollowEvent>> received) {
		return Flux.fromIterable(received).flatMapDelayError(this::store, received.size() + 1, 1).then();
	}

	/**
	 * Does the same for a consumer group that usually finds the follows stored already:
	 * it searches for them first. A follow that an older release stored is completed.
	 */
	public Mono<Void> applyMissing(List<ReceivedEvent<FollowEvent>> received) {
		Set<String> edges = received.stream().map(ReceivedEvent::id).collect(Collectors.toSet());
		return this.projection.versions(Filters.and(Filters.in("_id", edges), COMPLETE))
			.map((stored) -> received.stream()
				.filter((each) -> each.version() > stored.getOrDefault(each.id(), 0L))
				.toList())
			.flatMap((missing) -> Flux.fromIterable(missing)
				.flatMapDelayError(this::storeOrComplete, missing.size() + 1, 1)
				.then());
	}

	private Mono<Boolean> store(ReceivedEvent<FollowEvent> received) {
		@Nullable Follow follow = received.event().toFollow(received.at());
		return (follow != null) ? upsert(received.id(), received.version(), follow)
				: remove(received.id(), received.version());
	}

	private Mono<Boolean> storeOrComplete(ReceivedEvent<FollowEvent> received) {
		Projected<Follow> next = new Projected<>(received.version(), received.event().toFollow(received.at()));
		return store(received).flatMap((isNewer) -> isNewer ? Mono.just(true)
				: this.projection.compareAndSet(received.id(), received.version(), next));
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
		return this.projection.findForEvent(idOf(follower, followee));
	}

	/**
	 * Finds the newest known states of follows by their ids, also of ended ones; those
	 * that never started are left out.
	 */
	public Mono<Map<String, Projected<Follow>>> findAll(Set<String> edges) {
		return this.projection.findStates(edges);
	}

	private static String idOf(String follower, String followee) {
		return follower + ":" + followee;
	}

	/**
	 * Finds the ids of the followers of a member by pages: however many they are, no
	 * query keeps the store from others for long.
	 */
	public Flux<String> followersOf(String member) {
		Bson all = Filters.eq("value.followee", member);
		return pageOfFollowers(all)
			.expand((page) -> (page.size() < Batches.SIZE) ? Mono.empty()
					: pageOfFollowers(Filters.and(all, Filters.gt("_id", idOf(page.get(page.size() - 1), member)))))
			.concatMapIterable((page) -> page, 1);
	}

	private Mono<List<String>> pageOfFollowers(Bson filter) {
		return this.projection.listTexts("follower", filter, Sorts.ascending("_id"), Batches.SIZE).collectList();
	}

	/**
	 * Counts the followers of a member.
	 * @param max the number at which the count ends
	 */
	public Mono<Long> countFollowersOf(String member, int max) {
		return this.projection.count(Filters.eq("value.followee", member), max);
	}

	/**
	 * Finds the ids of some followers of members, in no particular order. Members with
	 * few followers share a query.
	 * @param max the number for each member at which the search may end
	 * @return the followers by member; a member without followers may be missing
	 */
	public Mono<Map<String, List<String>>> someFollowersOf(Set<String> members, int max) {
		return Flux.fromIterable(members)
			.buffer(SHARED_MEMBERS)
			.concatMap((some) -> (some.size() == 1) ? someFollowersOfEach(some, max) : someFollowersOfAll(some, max))
			.reduceWith(HashMap::new, FollowProjection::addAll);
	}

	private Mono<Map<String, List<String>>> someFollowersOfAll(List<String> members, int max) {
		return this.projection
			.groupTexts("followee", "follower", Filters.in("value.followee", members), SHARED_FOLLOWERS)
			.flatMap((all) -> (count(all) < SHARED_FOLLOWERS) ? Mono.just(all) : someFollowersOfEach(members, max));
	}

	private Mono<Map<String, List<String>>> someFollowersOfEach(List<String> members, int max) {
		return Flux.fromIterable(members)
			.flatMap((member) -> someFollowersOf(member, max), MAX_CONCURRENT_QUERIES)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<Map.Entry<String, List<String>>> someFollowersOf(String member, int max) {
		return this.projection.listTexts("follower", Filters.eq("value.followee", member), null, max)
			.collectList()
			.map((followers) -> Map.entry(member, followers));
	}

	private static <V> Map<String, V> addAll(Map<String, V> all, Map<String, V> some) {
		all.putAll(some);
		return all;
	}

	private static int count(Map<String, List<String>> followers) {
		return followers.values().stream().mapToInt(List::size).sum();
	}

	/** Finds the ids of the members whom a member follows. */
	public Mono<Set<String>> followeesOf(String member) {
		return this.projection.listTexts("followee", Filters.eq("value.follower", member), null, 0)
			.collect(Collectors.toSet());
	}

}
