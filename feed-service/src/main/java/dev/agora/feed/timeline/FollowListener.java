package dev.agora.feed.timeline;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Keeps the copy of who follows whom. The follower's list goes after each change: it was
 * made for other followees.
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
		this.events.inKeyOrder(records, FollowEvent.class, this::apply);
	}

	/**
	 * A group of its own, so that the copy goes on while Redis, and with it the other,
	 * waits.
	 */
	@KafkaListener(topics = "graph.follows.v1", groupId = "feed.follow-copies")
	void onFollowsForTheCopy(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, FollowEvent.class, this::keep);
	}

	/**
	 * The list goes even where the copy knew it already: this may be the second try after
	 * a crash between the two.
	 */
	Mono<Void> apply(ReceivedEvent<FollowEvent> received) {
		return keep(received).then(Mono.defer(() -> this.timelines.drop(received.event().follower())));
	}

	private Mono<Void> keep(ReceivedEvent<FollowEvent> received) {
		if (received.event() instanceof FollowEvent.Started started) {
			return this.follows.start(received.id(), received.version(),
					new Follow(started.follower(), started.followee()));
		}
		return this.follows.end(received.id(), received.version());
	}

}
