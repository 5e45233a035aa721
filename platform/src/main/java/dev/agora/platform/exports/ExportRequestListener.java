package dev.agora.platform.exports;

import java.time.Clock;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.web.Idempotency;

/**
 * Submits a job for each request to collect what this service holds about a member. The
 * job, not this listener, reads it: so a member with much data delays no request of
 * others.
 */
public final class ExportRequestListener {

	private final EventStream events;

	private final Jobs jobs;

	private final Build build;

	private final Clock clock;

	ExportRequestListener(EventStream events, Jobs jobs, Build build, Clock clock) {
		this.events = events;
		this.jobs = jobs;
		this.build = build;
		this.clock = clock;
	}

	/** The consumer group: {@code product.export-requests} in product-service. */
	public String group() {
		return this.build.service().replace("-service", ".export-requests");
	}

	@KafkaListener(topics = "feed.exports.v1", groupId = "#{__listener.group()}")
	void onExports(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ExportEvent.class, this::apply);
	}

	/** Applies one event; it may be repeated. */
	Mono<Void> apply(ReceivedEvent<ExportEvent> received) {
		ExportEvent.Requested requested = (ExportEvent.Requested) received.event();
		boolean awaited = requested.services().contains(this.build.service())
				&& this.clock.instant().isBefore(requested.until());
		return awaited ? submit(received.id(), requested) : Mono.empty();
	}

	/**
	 * The owner is not the member, who started another job and sees that one. Each member
	 * has an owner, so that the exports of many members run by turns.
	 */
	private Mono<Void> submit(String export, ExportEvent.Requested requested) {
		ExportPartRequest request = new ExportPartRequest(export, requested.member(), requested.until());
		return this.jobs
			.submit(ExportPartHandler.KIND, "exports:" + requested.member(), request,
					Idempotency.of(export, ExportPartHandler.KIND, export))
			.then();
	}

}
