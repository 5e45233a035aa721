package dev.agora.feed.exports;

import java.util.Map;
import java.util.Optional;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.web.Idempotency;

/** Starts exports, one at a time for each member. */
public final class ExportStarter {

	private final ExportHandler handler;

	private final Jobs jobs;

	private final DocumentStore store;

	private final MemberProjection members;

	public ExportStarter(ExportHandler handler, Jobs jobs, DocumentStore store, MemberProjection members) {
		this.handler = handler;
		this.jobs = jobs;
		this.store = store;
		this.members = members;
	}

	/**
	 * Starts an export of the caller's data.
	 * @return the job, or the one that the same request has started before
	 * @throws Conflict if another export of the caller waits or runs
	 */
	Mono<Stored<Job>> start(Caller caller, Optional<Idempotency> idempotency) {
		return this.members.requireAccount(caller)
			.then(Mono.defer(() -> findRepeated(idempotency)))
			.switchIfEmpty(Mono.defer(() -> requireNoneOpen(caller)
				.then(this.jobs.submit(ExportHandler.KIND, caller.id(), Map.of(), idempotency))));
	}

	private Mono<Stored<Job>> findRepeated(Optional<Idempotency> idempotency) {
		return Mono.justOrEmpty(idempotency).flatMap(this.store::findReserved).flatMap(this.jobs::find);
	}

	private Mono<Void> requireNoneOpen(Caller caller) {
		return this.handler.findOpen(caller.id()).next().flatMap((other) -> Mono.error(ExportHandler.running(other)));
	}

}
