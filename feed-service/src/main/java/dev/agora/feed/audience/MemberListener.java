package dev.agora.feed.audience;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.stream.EventStream;
import dev.agora.platform.stream.Received;

/** Keeps the copy of the members. */
public final class MemberListener {

	private final EventStream events;

	private final Members members;

	public MemberListener(EventStream events, Members members) {
		this.events = events;
		this.members = members;
	}

	@KafkaListener(topics = "session.members.v1", groupId = "feed.members")
	void onMembers(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, MemberEvent.class, this::apply);
	}

	private Mono<Void> apply(Received<MemberEvent> received) {
		MemberEvent event = received.event();
		if (event instanceof MemberEvent.Registered registered) {
			return keep(received, new Member(registered.handle(), registered.name()));
		}
		if (event instanceof MemberEvent.Renamed renamed) {
			return keep(received, new Member(renamed.handle(), renamed.name()));
		}
		return this.members.remove(received.id(), received.version());
	}

	private Mono<Void> keep(Received<MemberEvent> received, Member member) {
		return this.members.put(received.id(), received.version(), member);
	}

}
