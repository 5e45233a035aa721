package dev.agora.feed.timeline;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.HiddenMembersCache;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Updates the projection of blocks, and evicts from Redis what was built for other
 * blocks: the timelines of both members, and whom blocks hide from each.
 */
public final class BlockListener {

	private final EventStream events;

	private final BlockProjection blocks;

	private final HiddenMembersCache hidden;

	private final TimelineCache timelines;

	public BlockListener(EventStream events, BlockProjection blocks, HiddenMembersCache hidden,
			TimelineCache timelines) {
		this.events = events;
		this.blocks = blocks;
		this.hidden = hidden;
		this.timelines = timelines;
	}

	@KafkaListener(topics = "graph.blocks.v1", groupId = "feed.blocks")
	void onBlocks(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, BlockEvent.class, this::apply);
	}

	/**
	 * Updates the projection alone, in a consumer group of its own: this group continues
	 * while the other one waits for Redis.
	 */
	@KafkaListener(topics = "graph.blocks.v1", groupId = "feed.block-projection")
	void onBlocksForProjection(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, BlockEvent.class, this::project);
	}

	/**
	 * Evicts even if the projection has this version already: an earlier attempt may have
	 * crashed between the two steps.
	 */
	Mono<Void> apply(ReceivedEvent<BlockEvent> received) {
		return project(received).thenMany(Flux.just(received.event().blocker(), received.event().blocked()))
			.flatMap((member) -> this.hidden.evict(member).then(Mono.defer(() -> this.timelines.evict(member))))
			.then();
	}

	private Mono<Void> project(ReceivedEvent<BlockEvent> received) {
		return (received.event() instanceof BlockEvent.Started)
				? this.blocks.upsert(received.event().block(), received.version())
				: this.blocks.remove(received.event().block(), received.version());
	}

}
