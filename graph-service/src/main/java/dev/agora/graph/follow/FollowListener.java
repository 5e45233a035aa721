package dev.agora.graph.follow;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;

/** Reconciles each new follow with both of its members. */
public class FollowListener {

	private final EventStream events;

	private final Reconciler<MemberCard> members;

	FollowListener(EventStream events, Reconciler<MemberCard> members) {
		this.events = events;
		this.members = members;
	}

	@KafkaListener(topics = Follows.TOPIC, groupId = "graph.reconciler")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, FollowEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<FollowEvent> received) {
		return (received.event() instanceof FollowEvent.Started started)
				? reconcile(received.id(), started.follower()).then(reconcile(received.id(), started.followee()))
				: Mono.empty();
	}

	private Mono<Void> reconcile(String followId, String memberId) {
		return this.members.reconcile(followId, memberId, Reconciler.FIRST_VERSION);
	}

}
