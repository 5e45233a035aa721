package dev.agora.graph.reconcile;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.graph.member.MemberCard;
import dev.agora.graph.member.MemberProjection;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/** Keeps the copies of the members, and ends the follows of who left. */
public class MemberListener {

	private final EventStream events;

	private final MemberProjection members;

	private final FollowReconciler upkeep;

	MemberListener(EventStream events, MemberProjection members, FollowReconciler upkeep) {
		this.events = events;
		this.members = members;
		this.upkeep = upkeep;
	}

	@KafkaListener(topics = "session.members.v1", groupId = "graph.members")
	void onMembers(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, MemberEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<MemberEvent> received) {
		MemberEvent event = received.event();
		if (event instanceof MemberEvent.Registered registered) {
			return put(received, registered.handle(), registered.name());
		}
		if (event instanceof MemberEvent.Renamed renamed) {
			return put(received, renamed.handle(), renamed.name());
		}
		return this.upkeep.leave(received.id(), received.version());
	}

	private Mono<Void> put(ReceivedEvent<MemberEvent> received, String handle, String name) {
		return this.members.put(new MemberCard(received.id(), handle, name), received.version());
	}

}
