package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.audience.Follow;
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
		this.events.together(records, FollowEvent.class, this::project);
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

	private Mono<Void> project(ReceivedEvent<FollowEvent> received) {
		if (received.event() instanceof FollowEvent.Started started) {
			return this.follows.upsert(received.id(), received.version(),
					new Follow(started.follower(), started.followee()));
		}
		return this.follows.remove(received.id(), received.version());
	}

}
