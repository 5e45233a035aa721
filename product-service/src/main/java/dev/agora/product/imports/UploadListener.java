package dev.agora.product.imports;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.job.JobEvent;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/** Deletes the files of imports that have ended, however they did. */
public class UploadListener {

	private final EventStream events;

	private final ImportJobs jobs;

	UploadListener(EventStream events, ImportJobs jobs) {
		this.events = events;
		this.jobs = jobs;
	}

	@KafkaListener(topics = "product.jobs.v1", groupId = "product.uploads")
	void onJobs(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, JobEvent.class, this::apply);
	}

	Mono<Void> apply(ReceivedEvent<JobEvent> received) {
		return (received.event() instanceof JobEvent.Ended ended && ended.kind().equals(ImportRequest.KIND))
				? this.jobs.deleteUpload(received.id()) : Mono.empty();
	}

}
