package dev.agora.platform.imports;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.job.JobEvent;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.lifecycle.Build;

/** Deletes the files of imports that have ended, however they did. */
public final class UploadListener {

	private final EventStream events;

	private final ImportJobs jobs;

	private final Build build;

	UploadListener(EventStream events, ImportJobs jobs, Build build) {
		this.events = events;
		this.jobs = jobs;
		this.build = build;
	}

	/** The consumer group: {@code product.uploads} in product-service. */
	public String group() {
		return this.build.service().replace("-service", ".uploads");
	}

	/** The topic of the service's jobs. */
	public String topic() {
		return Jobs.topic(this.build);
	}

	@KafkaListener(topics = "#{__listener.topic()}", groupId = "#{__listener.group()}")
	void onJobs(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, JobEvent.class, this::apply);
	}

	/** Applies one event; it may be repeated. */
	public Mono<Void> apply(ReceivedEvent<JobEvent> received) {
		return (received.event() instanceof JobEvent.Ended) ? this.jobs.deleteUpload(received.id()) : Mono.empty();
	}

}
