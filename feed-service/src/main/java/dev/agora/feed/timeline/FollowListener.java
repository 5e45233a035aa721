package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.friend.Friendships;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Updates the projection of follows and the activities of friendships, and evicts the
 * follower's timeline after each change, since it was built for other followees.
 */
public final class FollowListener {

	/**
	 * Friendships that are updated at the same time, so that requests get connections.
	 */
	private static final int FRIENDSHIPS = 16;

	private final EventStream events;

	private final FollowProjection follows;

	private final TimelineCache timelines;

	private final Friendships friendships;

	public FollowListener(EventStream events, FollowProjection follows, TimelineCache timelines,
			Friendships friendships) {
		this.events = events;
		this.follows = follows;
		this.timelines = timelines;
		this.friendships = friendships;
	}

	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.follows")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this::apply);
	}

	/**
	 * Updates the projection and the activities of friendships, in a consumer group of
	 * its own: this group continues while the other one waits for Redis.
	 */
	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.follow-projection")
	void onFollowsForProjection(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this::applyWithoutRedis);
	}

	/**
	 * Evicts the timelines even if the projection has these versions already: an earlier
	 * attempt may have crashed between the two steps, and the other group is usually
	 * faster.
	 */
	Mono<Void> apply(List<ReceivedEvent<FollowEvent>> received) {
		Set<String> followers = received.stream().map((each) -> each.event().follower()).collect(Collectors.toSet());
		return projectMissing(received).then(Mono.defer(() -> this.timelines.evictAll(followers)));
	}

	private Mono<Void> projectMissing(List<ReceivedEvent<FollowEvent>> received) {
		return this.follows.versions(received.stream().map(ReceivedEvent::id).collect(Collectors.toSet()))
			.flatMap((versions) -> project(received.stream()
				.filter((each) -> each.version() > versions.getOrDefault(each.id(), 0L))
				.toList()));
	}

	private Mono<Void> project(List<ReceivedEvent<FollowEvent>> received) {
		return Flux.fromIterable(received).flatMapDelayError(this::project, received.size() + 1, 1).then();
	}

	/**
	 * Updates the friendships even if the projection has these versions already, for the
	 * same reasons.
	 */
	Mono<Void> applyWithoutRedis(List<ReceivedEvent<FollowEvent>> received) {
		return project(received).thenMany(Flux.fromIterable(received))
			.flatMapDelayError((each) -> updateFriendship(each.event()), FRIENDSHIPS, 1)
			.then();
	}

	private Mono<Void> updateFriendship(FollowEvent event) {
		return this.friendships.update(event.follower(), event.followee(), event.knownCards());
	}

	private Mono<Void> project(ReceivedEvent<FollowEvent> received) {
		if (received.event() instanceof FollowEvent.Started started) {
			@Nullable Boolean imported = started.knownCards().isEmpty() ? true : null;
			return this.follows.upsert(received.id(), received.version(),
					new Follow(started.follower(), started.followee(), received.at(), imported));
		}
		return this.follows.remove(received.id(), received.version());
	}

}
