package dev.agora.feed.exports;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.exports.ExportPartEvent;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/** Receives the parts of exports from the services. */
public final class ExportPartListener {

	private final EventStream events;

	private final ExportAssembly exports;

	public ExportPartListener(EventStream events, ExportAssembly exports) {
		this.events = events;
		this.exports = exports;
	}

	/** Chunks are large, so few of them are in memory. */
	@KafkaListener(
			topics = { "feed.export-parts.v1", "graph.export-parts.v1", "product.export-parts.v1",
					"session.export-parts.v1" },
			groupId = "feed.export-parts",
			properties = { "fetch.max.bytes=2097152", "max.partition.fetch.bytes=1048576", "max.poll.records=20" })
	void onParts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ExportPartEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ExportPartEvent> received) {
		return (received.event() instanceof ExportPartEvent.Collected chunk) ? this.exports.add(chunk)
				: this.exports.complete((ExportPartEvent.Completed) received.event());
	}

}
