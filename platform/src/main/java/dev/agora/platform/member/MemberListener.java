package dev.agora.platform.member;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.projection.Reconciler;

/**
 * Applies the events of members to the projection and to the documents that depend on it.
 */
public final class MemberListener {

	private final EventStream events;

	private final Reconciler<MemberCard> members;

	private final String group;

	public MemberListener(EventStream events, Reconciler<MemberCard> members, Build build) {
		this.events = events;
		this.members = members;
		this.group = build.service().replace("-service", ".members");
	}

	/** The consumer group: {@code product.members} in product-service. */
	public String group() {
		return this.group;
	}

	@KafkaListener(topics = "session.members.v1", groupId = "#{__listener.group()}")
	void onMembers(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, MemberEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<MemberEvent> received) {
		MemberEvent event = received.event();
		if (event instanceof MemberEvent.Registered registered) {
			return upsert(received, registered.handle(), registered.name());
		}
		if (event instanceof MemberEvent.Renamed renamed) {
			return upsert(received, renamed.handle(), renamed.name());
		}
		return this.members.remove(received.id(), received.version());
	}

	private Mono<Void> upsert(ReceivedEvent<MemberEvent> received, String handle, String name) {
		return this.members.upsert(received.id(), received.version(), new MemberCard(received.id(), handle, name));
	}

}
