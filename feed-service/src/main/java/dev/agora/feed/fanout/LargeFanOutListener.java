package dev.agora.feed.fanout;

import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.kafka.EventPublisher;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.tracing.Trace;

/**
 * Plans, delivers and completes large fan-outs. The keys of the chunks differ, so that
 * the partitions, and with them all workers, share a fan-out. A worker receives few
 * chunks at once, so that Redis stays quick for small fan-outs and readers, and each
 * fan-out progresses while another one is delivered.
 */
public final class LargeFanOutListener {

	private final EventStream events;

	private final EventPublisher publisher;

	private final FanOutPlanner planner;

	private final FanOutWorker worker;

	private final JsonMapper json;

	public LargeFanOutListener(EventStream events, EventPublisher publisher, FanOutPlanner planner, FanOutWorker worker,
			JsonMapper json) {
		this.events = events;
		this.publisher = publisher;
		this.planner = planner;
		this.worker = worker;
		this.json = json;
	}

	@KafkaListener(topics = LargeFanOuts.TOPIC, groupId = "feed.fan-outs", properties = "max.poll.records=4")
	void onFanOuts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, FanOutEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<FanOutEvent> received) {
		FanOutEvent event = received.event();
		if (event instanceof FanOutEvent.Requested) {
			return this.planner.plan(received.id(), (chunk) -> publish(chunk, received.at()));
		}
		if (event instanceof FanOutEvent.ChunkPlanned chunk) {
			return this.worker.deliver(chunk);
		}
		return (event instanceof FanOutEvent.Completed completed) ? this.worker.complete(completed) : Mono.empty();
	}

	private Mono<Void> publish(FanOutEvent.ChunkPlanned chunk, Instant at) {
		return Mono.deferContextual(
				(context) -> this.publisher.publish(LargeFanOuts.TOPIC, chunk.activity() + ":" + chunk.number(),
						new OutboxEntry(1, EventTypes.nameOf(FanOutEvent.ChunkPlanned.class), at,
								this.json.writeValueAsString(chunk), Trace.of(context))));
	}

}
