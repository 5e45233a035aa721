package dev.agora.session.imports;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBufferUtils;

import dev.agora.platform.imports.ImportProgress;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.row.RowBatches.Batch;
import dev.agora.platform.imports.row.RowError;
import dev.agora.platform.imports.upload.Upload;
import dev.agora.platform.imports.upload.Uploads;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.problem.Forbidden;
import dev.agora.session.member.BulkRegistrations;
import dev.agora.session.member.Members;
import dev.agora.session.member.Registration;
import dev.agora.session.member.Registration.Outcome;

/** Registers the members of an uploaded file, batch by batch. */
public final class MemberImportHandler implements JobHandler {

	/** A chunk is parsed while the next one is read. */
	private static final int CHUNKS_AHEAD = 1;

	private final Uploads uploads;

	private final BulkRegistrations registrations;

	private final Members members;

	private final ImportedMembers rows;

	MemberImportHandler(Uploads uploads, BulkRegistrations registrations, Members members, ImportedMembers rows) {
		this.uploads = uploads;
		this.registrations = registrations;
		this.members = members;
		this.rows = rows;
	}

	@Override
	public String kind() {
		return MemberImportRequest.KIND;
	}

	@Override
	public Mono<?> run(JobRun run) {
		Upload upload = run.parameters(MemberImportRequest.class).upload();
		return new ImportProgress(run, upload.lines()).of((skipped) -> batches(upload, skipped),
				(batch) -> requireOperator(run.owner()).then(write(run.id(), batch.valid())));
	}

	private Flux<Batch<NewImportedMember>> batches(Upload upload, long skipped) {
		return RowBatches
			.read(() -> this.rows.open(DataBufferUtils.subscriberInputStream(this.uploads.read(upload), CHUNKS_AHEAD)),
					skipped)
			.subscribeOn(Schedulers.boundedElastic());
	}

	/** The rights may have been revoked since the upload, or since the last batch. */
	private Mono<Void> requireOperator(String owner) {
		return this.members.find(owner)
			.filter((member) -> member.value().operatorSince() != null)
			.switchIfEmpty(Mono.error(Forbidden::operatorRequired))
			.then();
	}

	private Mono<ImportResult> write(String job, List<Row.Valid<NewImportedMember>> valid) {
		return this.registrations.register(valid.stream().map((row) -> toRegistration(job, row)).toList())
			.map((outcomes) -> toResult(valid, outcomes));
	}

	private static Registration toRegistration(String job, Row.Valid<NewImportedMember> row) {
		NewImportedMember member = row.value();
		return new Registration(member.handle(), member.name(), Objects.requireNonNullElse(member.passwordHash(), ""),
				job + "/" + row.line());
	}

	private static ImportResult toResult(List<Row.Valid<NewImportedMember>> valid, Map<String, Outcome> outcomes) {
		List<RowError> taken = valid.stream()
			.filter((row) -> outcomes.get(row.key()) == Outcome.TAKEN)
			.map((row) -> new RowError(row.line(), "handle", "is taken by another member"))
			.toList();
		return new ImportResult(count(outcomes, Outcome.CREATED), count(outcomes, Outcome.CHANGED),
				count(outcomes, Outcome.UNCHANGED), taken.size(), taken);
	}

	private static long count(Map<String, Outcome> outcomes, Outcome outcome) {
		return outcomes.values().stream().filter(outcome::equals).count();
	}

}
