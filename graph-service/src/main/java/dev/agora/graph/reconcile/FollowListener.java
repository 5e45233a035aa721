package dev.agora.graph.reconcile;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.graph.follow.FollowEvent;
import dev.agora.graph.follow.Follows;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/** Settles each follow that started, by the service's own event of it. */
public class FollowListener {

	private final EventStream events;

	private final FollowReconciler upkeep;

	FollowListener(EventStream events, FollowReconciler upkeep) {
		this.events = events;
		this.upkeep = upkeep;
	}

	@KafkaListener(topics = Follows.TOPIC, groupId = "graph.upkeep")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, FollowEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<FollowEvent> received) {
		return (received.event() instanceof FollowEvent.Started started)
				? this.upkeep.settle(started.follower(), started.followee()) : Mono.empty();
	}

}
