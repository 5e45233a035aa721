package dev.agora.platform.member;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
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

	private final List<MemberRemoval> removals;

	private final String group;

	public MemberListener(EventStream events, Reconciler<MemberCard> members, ObjectProvider<MemberRemoval> removals,
			Build build) {
		this.events = events;
		this.members = members;
		this.removals = removals.orderedStream().toList();
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

	Mono<Void> apply(ReceivedEvent<MemberEvent> received) {
		MemberEvent event = received.event();
		if (event instanceof MemberEvent.Registered registered) {
			return upsert(received, registered.handle(), registered.name());
		}
		if (event instanceof MemberEvent.Renamed renamed) {
			return upsert(received, renamed.handle(), renamed.name());
		}
		return removeAllOf(received.id()).then(Mono.defer(() -> remove(received)));
	}

	/**
	 * Removes once more what a request has added before the projection knew of the
	 * deletion.
	 */
	private Mono<Void> remove(ReceivedEvent<MemberEvent> received) {
		return this.members.remove(received.id(), received.version())
			.then(Mono.defer(() -> removeAllOf(received.id())));
	}

	private Mono<Void> removeAllOf(String memberId) {
		return Flux.fromIterable(this.removals).concatMap((removal) -> removal.removeAllOf(memberId)).then();
	}

	private Mono<Void> upsert(ReceivedEvent<MemberEvent> received, String handle, String name) {
		return this.members.upsert(received.id(), received.version(), new MemberCard(received.id(), handle, name));
	}

}
