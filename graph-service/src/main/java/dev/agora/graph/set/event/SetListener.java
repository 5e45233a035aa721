package dev.agora.graph.set.event;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.graph.edge.FollowEvent;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.set.IdSets;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Evicts sets that lack a change of a follow, for a process that ended between its write
 * to MongoDB and that to Redis.
 */
public final class SetListener {

	private final EventStream events;

	private final IdSets sets;

	public SetListener(EventStream events, IdSets sets) {
		this.events = events;
		this.sets = sets;
	}

	@KafkaListener(topics = FollowEdges.TOPIC, groupId = "graph.sets")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this::apply);
	}

	private Mono<Void> apply(List<ReceivedEvent<FollowEvent>> received) {
		return this.sets.evictOutdated(received.stream()
			.map(ReceivedEvent::event)
			.flatMap((event) -> Stream.of(event.follower(), event.followee()))
			.collect(Collectors.toSet()));
	}

}
