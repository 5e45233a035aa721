package dev.agora.platform.exports;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;

/**
 * Submits a job for each request to collect what this service holds about a member, and
 * cancels it once the export is removed. The job, not this listener, reads the data: so a
 * member with much data delays no request of others.
 */
public final class ExportRequestListener {

	private final EventStream events;

	private final Jobs jobs;

	private final DocumentStore store;

	private final Build build;

	private final Clock clock;

	ExportRequestListener(EventStream events, Jobs jobs, DocumentStore store, Build build, Clock clock) {
		this.events = events;
		this.jobs = jobs;
		this.store = store;
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
		return (received.event() instanceof ExportEvent.Requested requested) ? start(received.id(), requested)
				: cancel(received.id());
	}

	private Mono<Void> start(String export, ExportEvent.Requested requested) {
		boolean awaited = requested.services().contains(this.build.service())
				&& this.clock.instant().isBefore(requested.until());
		return awaited ? submit(export, requested) : Mono.empty();
	}

	/** A job that has ended stays as it is. */
	private Mono<Void> cancel(String export) {
		return this.store.findReserved(identityOf(export))
			.flatMap(this.jobs::cancel)
			.onErrorComplete(NotFound.class)
			.then();
	}

	/**
	 * The owner is not the member, who started another job and sees that one. Each member
	 * has an owner, so that the exports of many members run by turns.
	 */
	private Mono<Void> submit(String export, ExportEvent.Requested requested) {
		ExportPartRequest request = new ExportPartRequest(export, requested.member(), requested.until());
		return this.jobs
			.submit(ExportPartHandler.KIND, "exports:" + requested.member(), request, Optional.of(identityOf(export)))
			.then();
	}

	/** Identifies the job of an export, however often its events are repeated. */
	private static Idempotency identityOf(String export) {
		return Idempotency.of(export, ExportPartHandler.KIND, export).orElseThrow();
	}

}
