package dev.agora.feed.friend;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.Projected;
import dev.agora.platform.id.IdGenerator;

/**
 * Publishes a new friendship as one activity of each of its members, and removes both
 * when one of the two follows ends.
 * <p>
 * The events of the two follows come in any order, and two instances may apply them at
 * the same time. Each stores its event first. Then it lists the activities of the two
 * members, reads both follows, and brings the listed activities in line with them. No
 * newer activity is listed, since it would need a newer follow. If a follow changed
 * before an older activity was published, the publisher finds that when it reads the
 * follows again, and repeats its work.
 */
public final class Friendships {

	/** Leaves most connections to other requests. */
	private static final int MAX_CONCURRENT_CHECKS = 8;

	/** Leaves connections to requests. */
	private static final int MAX_CONCURRENT_UPDATES = 16;

	private final FollowProjection follows;

	private final Activities activities;

	private final Authors authors;

	public Friendships(FollowProjection follows, Activities activities, Authors authors) {
		this.follows = follows;
		this.activities = activities;
		this.authors = authors;
	}

	/**
	 * Brings the activities of members in line with their follows, after some of these
	 * were stored. An import has many friendships at once, which have no activities.
	 * @param edges the stored follows as {@code <follower>:<followee>}
	 */
	Mono<Void> update(Set<String> edges) {
		Set<Pair> pairs = pairs(edges);
		return findStates(pairs)
			.flatMapMany(
					(states) -> Flux.fromIterable(pairs).filter((pair) -> findWithActivities(pair, states).isPresent()))
			.flatMapDelayError(this::update, MAX_CONCURRENT_UPDATES, 1)
			.then();
	}

	/**
	 * Whether the activities of the members of follows are in line with the stored
	 * follows. An activity that was removed since counts as well.
	 * @param edges the follows as {@code <follower>:<followee>}, whose states are read
	 * together
	 */
	public Mono<Boolean> areUpdated(Set<String> edges) {
		Set<Pair> pairs = pairs(edges);
		return findStates(pairs).flatMap((states) -> Flux.fromIterable(pairs)
			.flatMap((pair) -> isUpdated(pair, states), MAX_CONCURRENT_CHECKS)
			.all(Boolean::booleanValue));
	}

	private Mono<Boolean> isUpdated(Pair pair, Map<String, Projected<Follow>> states) {
		return Mono.justOrEmpty(findWithActivities(pair, states))
			.flatMap((known) -> isUpdated(pair, activityIds(known, pair)))
			.defaultIfEmpty(true);
	}

	private Mono<Boolean> isUpdated(Pair pair, Set<String> expected) {
		return listActivities(pair)
			.flatMap((listed) -> expected.containsAll(listed) ? this.activities.areUsed(expected) : Mono.just(false));
	}

	private static Set<Pair> pairs(Set<String> edges) {
		return edges.stream().map(Pair::of).collect(Collectors.toSet());
	}

	private Mono<Map<String, Projected<Follow>>> findStates(Set<Pair> pairs) {
		return this.follows.findAll(pairs.stream().flatMap(Pair::edges).collect(Collectors.toSet()));
	}

	/**
	 * Finds a friendship that may have or have had activities; empty unless each of the
	 * two has followed the other once.
	 */
	private static Optional<Friendship> findWithActivities(Pair pair, Map<String, Projected<Follow>> states) {
		List<Projected<Follow>> both = pair.edges().filter(states::containsKey).map(states::get).toList();
		return (both.size() == 2)
				? Optional.of(toFriendship(both.get(0), both.get(1))).filter((friendship) -> !friendship.isImported())
				: Optional.empty();
	}

	private Mono<Void> update(Pair pair) {
		return listActivities(pair)
			.flatMap((listed) -> find(pair.member(), pair.other())
				.flatMap((friendship) -> reconcile(pair, friendship, listed).thenReturn(friendship)))
			.flatMap((applied) -> find(pair.member(), pair.other()).filter((now) -> now.version() != applied.version())
				.flatMap((changed) -> update(pair)));
	}

	private Mono<Void> reconcile(Pair pair, Friendship friendship, Set<String> listed) {
		Set<String> expected = activityIds(friendship, pair);
		return Flux.fromIterable(listed)
			.filter((id) -> !expected.contains(id))
			.concatMap(this.activities::remove)
			.then(Mono.justOrEmpty(friendship.announcedAt()))
			.flatMap((at) -> Mono.zip(findAuthor(pair.member(), friendship), findAuthor(pair.other(), friendship))
				.flatMap((both) -> publish(friendship, both.getT1(), both.getT2(), at)));
	}

	private static Set<String> activityIds(Friendship friendship, Pair pair) {
		return friendship.announcedAt()
			.map((at) -> Set.of(activityId(friendship, pair.member(), pair.other(), at),
					activityId(friendship, pair.other(), pair.member(), at)))
			.orElse(Set.of());
	}

	private static String activityId(Friendship friendship, String author, String friend, Instant at) {
		return IdGenerator.derive(at, "friendship:" + author + ":" + friend + ":" + friendship.version());
	}

	private Mono<Void> publish(Friendship friendship, Author one, Author other, Instant at) {
		return publish(activityId(friendship, one.id(), other.id(), at), Activity.friendship(one, other, at))
			.then(publish(activityId(friendship, other.id(), one.id(), at), Activity.friendship(other, one, at)));
	}

	private Mono<Void> publish(String id, Change<Activity> activity) {
		return Mono.defer(() -> this.activities.addOnce(id, activity));
	}

	/** Finds the state of two members; empty unless each has followed the other once. */
	private Mono<Friendship> find(String member, String other) {
		return Mono.zip(this.follows.findForEvent(member, other), this.follows.findForEvent(other, member))
			.map((both) -> toFriendship(both.getT1(), both.getT2()));
	}

	private static Friendship toFriendship(Projected<Follow> one, Projected<Follow> other) {
		return Friendship.of(one.version() + other.version(), one.value(), other.value());
	}

	private Mono<Set<String>> listActivities(Pair pair) {
		return this.activities.idsOfFriendship(pair.member(), pair.other())
			.mergeWith(this.activities.idsOfFriendship(pair.other(), pair.member()))
			.collect(Collectors.toSet());
	}

	private Mono<Author> findAuthor(String member, Friendship friendship) {
		return friendship.findCard(member)
			.map(this.authors::findNewest)
			.orElseGet(() -> this.authors.findNewest(member));
	}

	/** Two members of whom each has followed the other once. */
	private record Pair(String member, String other) {

		/** Returns the same pair for the follows in both directions. */
		static Pair of(String edge) {
			int separator = Math.max(0, edge.indexOf(':'));
			String follower = edge.substring(0, separator);
			String followee = edge.substring(separator + 1);
			return (follower.compareTo(followee) < 0) ? new Pair(follower, followee) : new Pair(followee, follower);
		}

		/** Lists the follows in both directions. */
		Stream<String> edges() {
			return Stream.of(this.member + ":" + this.other, this.other + ":" + this.member);
		}

	}

}
