package dev.agora.feed.exports;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.problem.NotFound;

/**
 * The system of record of exports: who requested them, and which parts are complete.
 * <p>
 * Shard key: {@code _id}, the id of the job. The exports of a member, which are listed
 * when one ends and when the member is deleted, are queried on all shards, by an index.
 */
public final class Exports {

	/** The topic of the events of exports. */
	public static final String TOPIC = "feed.exports.v1";

	private static final String MEMBER = "value.member";

	private final Documents<Export> documents;

	private final ExportSettings settings;

	private final JobSettings jobs;

	private final Clock clock;

	public Exports(DocumentStore store, ExportSettings settings, JobSettings jobs, Clock clock) {
		this.documents = store.documents("exports", Export.class, TOPIC)
			.indexed(Indexes.ascending(MEMBER, "_id"))
			.expiringAt("value.expiresAt");
		this.settings = settings;
		this.jobs = jobs;
		this.clock = clock;
	}

	/**
	 * Requests the parts of the services; may be repeated.
	 * @throws NotFound if the export was removed since
	 */
	Mono<Stored<Export>> request(String id, String member) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Instant until = now.plus(this.settings.timeout());
		Export.Times times = new Export.Times(until, until.plus(this.jobs.retention()));
		return this.documents.createReserved(id, Export.request(member, this.settings.services(), now, times));
	}

	/** Finds an export; empty if there is none. */
	Mono<Stored<Export>> find(String id) {
		return this.documents.find(id);
	}

	/** Lists the exports of a member, the oldest first. */
	Flux<Stored<Export>> list(String member) {
		return this.documents.list(Filters.eq(MEMBER, member), Sorts.ascending("_id"), 0);
	}

	/** Adds the complete part of a service; an export that was removed stays so. */
	Mono<Void> add(String id, ExportPart part) {
		return this.documents.change(id, (export) -> export.value().add(part)).onErrorComplete(NotFound.class).then();
	}

	/** Removes an export; it may have been removed already. */
	Mono<Void> remove(String id) {
		return this.documents.change(id, (export) -> Export.remove()).onErrorComplete(NotFound.class).then();
	}

}
