package dev.agora.feed.author;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.audience.Member;
import dev.agora.feed.audience.MemberProjection;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.problem.Unavailable;

/** Keeps the copy of the members, and then their activities as the copy says. */
public final class MemberListener {

	private final EventStream events;

	private final MemberProjection members;

	private final AuthorReconciler upkeep;

	private final TimelineCache timelines;

	public MemberListener(EventStream events, MemberProjection members, AuthorReconciler upkeep,
			TimelineCache timelines) {
		this.events = events;
		this.members = members;
		this.upkeep = upkeep;
		this.timelines = timelines;
	}

	@KafkaListener(topics = "session.members.v1", groupId = "feed.members")
	void onMembers(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, MemberEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<MemberEvent> received) {
		MemberEvent event = received.event();
		if (event instanceof MemberEvent.Registered registered) {
			return this.members.put(received.id(), received.version(),
					new Member(registered.handle(), registered.name()));
		}
		if (event instanceof MemberEvent.Renamed renamed) {
			return this.upkeep.rename(received.id(), received.version(), new Member(renamed.handle(), renamed.name()));
		}
		return this.upkeep.leave(received.id(), received.version()).then(Mono.defer(() -> dropList(received.id())));
	}

	/**
	 * The list of who left is of no use to anybody and expires. It is not worth waiting
	 * for a Redis that is away, which would keep all other members from being known.
	 */
	private Mono<Void> dropList(String memberId) {
		return this.timelines.drop(memberId).onErrorComplete(Unavailable.class);
	}

}
