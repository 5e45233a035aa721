package dev.agora.graph.follow;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.graph.edge.Follow;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.FollowEvent;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCards;
import dev.agora.platform.document.Stored;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;

/**
 * Completes follows whose writer died half-way, and reconciles new ones with their
 * members.
 */
public class FollowListener {

	private final EventStream events;

	private final FollowEdges edges;

	private final Follows follows;

	private final TieCards cards;

	private final Reconciler<MemberCard> members;

	FollowListener(EventStream events, FollowEdges edges, Follows follows, TieCards cards,
			Reconciler<MemberCard> members) {
		this.events = events;
		this.edges = edges;
		this.follows = follows;
		this.cards = cards;
		this.members = members;
	}

	@KafkaListener(topics = FollowEdges.TOPIC, groupId = "graph.follow-ties")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, FollowEvent.class, this::apply);
	}

	/** Reads the follow, since it may have changed after the event. */
	Mono<Void> apply(ReceivedEvent<FollowEvent> received) {
		FollowEvent event = received.event();
		return this.edges.find(event.follower(), event.followee()).flatMap(this::complete);
	}

	private Mono<Void> complete(Stored<Follow> edge) {
		String follower = edge.value().follower();
		String followee = edge.value().followee();
		return this.cards.findAll(List.of(follower, followee))
			.flatMap((known) -> this.follows.complete(edge, known))
			.then(Mono.defer(() -> reconcile(follower, followee)))
			.then(Mono.defer(() -> reconcile(followee, follower)));
	}

	private Mono<Void> reconcile(String owner, String other) {
		return this.members.reconcile(Tie.id(owner, other), other, Reconciler.FIRST_VERSION);
	}

}
