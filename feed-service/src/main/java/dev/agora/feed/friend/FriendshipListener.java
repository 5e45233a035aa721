package dev.agora.feed.friend;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.audience.FollowEvent;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Updates the activities of friendships on the events of follows. The consumer group is
 * not one of those that update the projection, whose older instances would miss
 * friendships during a rolling update.
 */
public final class FriendshipListener {

	private final EventStream events;

	private final FollowProjection follows;

	private final Friendships friendships;

	public FriendshipListener(EventStream events, FollowProjection follows, Friendships friendships) {
		this.events = events;
		this.follows = follows;
		this.friendships = friendships;
	}

	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.friendships")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this::apply);
	}

	/**
	 * Updates the friendships even if the projection has these versions already: an
	 * earlier attempt may have crashed between the two steps, and the other groups are
	 * usually faster.
	 */
	Mono<Void> apply(List<ReceivedEvent<FollowEvent>> received) {
		Set<String> edges = received.stream().map(ReceivedEvent::id).collect(Collectors.toSet());
		return this.follows.applyMissing(received).then(Mono.defer(() -> this.friendships.update(edges)));
	}

}
