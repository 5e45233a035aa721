package dev.agora.feed.friend;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

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

	private final FollowProjection follows;

	private final Activities activities;

	private final Authors authors;

	public Friendships(FollowProjection follows, Activities activities, Authors authors) {
		this.follows = follows;
		this.activities = activities;
		this.authors = authors;
	}

	/**
	 * Brings the activities of two members in line with their follows, after one of them
	 * was stored.
	 */
	Mono<Void> update(String member, String other) {
		return find(member, other).flatMap((known) -> update(new Pair(member, other)));
	}

	/**
	 * Whether the activities of two members are in line with their stored follows. An
	 * activity that was removed since counts as well.
	 */
	public Mono<Boolean> isUpdated(String member, String other) {
		Pair pair = new Pair(member, other);
		return find(member, other).map((friendship) -> activityIds(friendship, pair))
			.flatMap((expected) -> listActivities(pair).flatMap((listed) -> expected.containsAll(listed)
					? Flux.fromIterable(expected).concatMap(this.activities::isUsed).all(Boolean::booleanValue)
					: Mono.just(false)))
			.defaultIfEmpty(true);
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
			.concatWith(this.activities.idsOfFriendship(pair.other(), pair.member()))
			.collect(Collectors.toSet());
	}

	private Mono<Author> findAuthor(String member, Friendship friendship) {
		return friendship.findCard(member)
			.map(this.authors::findNewest)
			.orElseGet(() -> this.authors.findNewest(member));
	}

	/** Two members of whom each has followed the other once. */
	private record Pair(String member, String other) {
	}

}
