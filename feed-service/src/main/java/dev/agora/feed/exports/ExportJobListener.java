package dev.agora.feed.exports;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.job.JobEvent;
import dev.agora.platform.job.JobState;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Removes what a failed or cancelled export has collected. A complete export replaces the
 * earlier ones of its member.
 */
public final class ExportJobListener {

	private final EventStream events;

	private final ExportAssembly exports;

	public ExportJobListener(EventStream events, ExportAssembly exports) {
		this.events = events;
		this.exports = exports;
	}

	@KafkaListener(topics = "feed.jobs.v1", groupId = "feed.export-jobs")
	void onJobs(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, JobEvent.class, this::apply);
	}

	/** Applies one event; it may be repeated. */
	Mono<Void> apply(ReceivedEvent<JobEvent> received) {
		if (received.event() instanceof JobEvent.Ended ended && ended.kind().equals(ExportHandler.KIND)) {
			return (ended.state() == JobState.SUCCEEDED) ? this.exports.removeBefore(received.id(), ended.owner())
					: this.exports.remove(received.id());
		}
		return Mono.empty();
	}

}
