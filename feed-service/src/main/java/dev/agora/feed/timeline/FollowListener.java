package dev.agora.feed.timeline;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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
		this.events.inKeyOrder(records, FollowEvent.class, this::apply);
	}

	/**
	 * Updates the projection and the activities of friendships, in a consumer group of
	 * its own: this group continues while the other one waits for Redis.
	 */
	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.follow-projection")
	void onFollowsForProjection(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, FollowEvent.class, this::applyWithoutRedis);
	}

	/**
	 * Evicts the timeline even if the projection has this version already: an earlier
	 * attempt may have crashed between the two steps.
	 */
	Mono<Void> apply(ReceivedEvent<FollowEvent> received) {
		return project(received).then(Mono.defer(() -> this.timelines.evict(received.event().follower())));
	}

	Mono<Void> applyWithoutRedis(ReceivedEvent<FollowEvent> received) {
		FollowEvent event = received.event();
		return project(received)
			.then(Mono.defer(() -> this.friendships.update(event.follower(), event.followee(), event.knownCards())));
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
