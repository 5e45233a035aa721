package dev.agora.feed.timeline;

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
 * Updates the projection of follows, and evicts the follower's timeline after each
 * change, since it was built for other followees.
 */
public final class FollowListener {

	private final EventStream events;

	private final FollowProjection follows;

	private final TimelineCache timelines;

	public FollowListener(EventStream events, FollowProjection follows, TimelineCache timelines) {
		this.events = events;
		this.follows = follows;
		this.timelines = timelines;
	}

	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.follows")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this::apply);
	}

	/**
	 * Updates the projection alone, in a consumer group of its own: this group continues
	 * while the other one waits for Redis.
	 */
	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.follow-projection")
	void onFollowsForProjection(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this.follows::apply);
	}

	/**
	 * Evicts the timelines even if the projection has these versions already: an earlier
	 * attempt may have crashed between the two steps, and the other group is usually
	 * faster.
	 */
	Mono<Void> apply(List<ReceivedEvent<FollowEvent>> received) {
		Set<String> followers = received.stream().map((each) -> each.event().follower()).collect(Collectors.toSet());
		return this.follows.applyMissing(received).then(Mono.defer(() -> this.timelines.evictAll(followers)));
	}

}
