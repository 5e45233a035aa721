package dev.agora.product.seller;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.product.member.MemberCard;
import dev.agora.product.member.MemberProjection;

/** Keeps the copy of the members, and then their products as the copy says. */
public class MemberListener {

	private final EventStream events;

	private final MemberProjection members;

	private final SellerReconciler upkeep;

	MemberListener(EventStream events, MemberProjection members, SellerReconciler upkeep) {
		this.events = events;
		this.members = members;
		this.upkeep = upkeep;
	}

	@KafkaListener(topics = "session.members.v1", groupId = "product.members")
	void onMembers(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, MemberEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<MemberEvent> received) {
		MemberEvent event = received.event();
		if (event instanceof MemberEvent.Registered registered) {
			return this.members.put(received.id(), received.version(),
					new MemberCard(registered.handle(), registered.name()));
		}
		if (event instanceof MemberEvent.Renamed renamed) {
			return this.upkeep.rename(received.id(), received.version(),
					new MemberCard(renamed.handle(), renamed.name()));
		}
		return this.upkeep.leave(received.id(), received.version());
	}

}
