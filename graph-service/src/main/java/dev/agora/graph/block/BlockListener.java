package dev.agora.graph.block;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.graph.edge.Block;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.BlockEvent;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCards;
import dev.agora.platform.document.Stored;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;

/**
 * Completes blocks whose writer died half-way, and reconciles new ones with their
 * members.
 */
public class BlockListener {

	private final EventStream events;

	private final BlockEdges edges;

	private final Blocks blocks;

	private final TieCards cards;

	private final Reconciler<MemberCard> members;

	BlockListener(EventStream events, BlockEdges edges, Blocks blocks, TieCards cards, Reconciler<MemberCard> members) {
		this.events = events;
		this.edges = edges;
		this.blocks = blocks;
		this.cards = cards;
		this.members = members;
	}

	@KafkaListener(topics = BlockEdges.TOPIC, groupId = "graph.block-ties")
	void onBlocks(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, BlockEvent.class, this::apply);
	}

	/** Reads the block, since it may have changed after the event. */
	Mono<Void> apply(ReceivedEvent<BlockEvent> received) {
		BlockEvent event = received.event();
		return this.edges.find(event.blocker(), event.blocked()).flatMap(this::complete);
	}

	private Mono<Void> complete(Stored<Block> edge) {
		String blocker = edge.value().blocker();
		String blocked = edge.value().blocked();
		return this.cards.findAll(List.of(blocker, blocked))
			.flatMap((known) -> this.blocks.apply(edge, known))
			.then(Mono.defer(() -> reconcile(blocker, blocked)))
			.then(Mono.defer(() -> reconcile(blocked, blocker)));
	}

	private Mono<Void> reconcile(String owner, String other) {
		return this.members.reconcile(Tie.id(owner, other), other, Reconciler.FIRST_VERSION);
	}

}
