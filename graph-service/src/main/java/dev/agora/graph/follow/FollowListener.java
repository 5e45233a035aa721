package dev.agora.graph.follow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.FollowEvent;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieCards;
import dev.agora.platform.document.Projected;
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

	private final FollowCompletion completion;

	private final TieCards cards;

	private final Reconciler<MemberCard> members;

	FollowListener(EventStream events, FollowCompletion completion, TieCards cards, Reconciler<MemberCard> members) {
		this.events = events;
		this.completion = completion;
		this.cards = cards;
		this.members = members;
	}

	@KafkaListener(topics = FollowEdges.TOPIC, groupId = "graph.follow-ties")
	void onFollows(List<ConsumerRecord<String, byte[]>> records) {
		this.events.together(records, FollowEvent.class, this::apply);
	}

	/**
	 * Reads the members after their ties, so that it finds each rename that missed a tie.
	 */
	Mono<Void> apply(List<ReceivedEvent<FollowEvent>> received) {
		return this.completion.complete(received)
			.flatMap((ties) -> this.cards.findAllForEvents(ties.stream().map(Tie::other).collect(Collectors.toSet()))
				.flatMap((newest) -> reconcile(ties, newest)));
	}

	private Mono<Void> reconcile(Collection<Tie> ties, Map<String, Projected<MemberCard>> newest) {
		return Flux.fromIterable(ties)
			.filter((tie) -> isOutdated(tie, newest.get(tie.other())))
			.concatMap((tie) -> this.members.reconcile(Tie.id(tie.owner(), tie.other()), tie.other(), versionOf(tie)))
			.then();
	}

	private static boolean isOutdated(Tie tie, @Nullable Projected<MemberCard> member) {
		return member != null && (member.isDeleted() || member.version() > versionOf(tie));
	}

	private static long versionOf(Tie tie) {
		@Nullable TieCard card = tie.card();
		return (card != null) ? card.version() : 0;
	}

}
