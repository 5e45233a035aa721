package dev.agora.product.imports;

import java.io.InputStream;

import jakarta.validation.Validator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBufferUtils;

import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.Problem;
import dev.agora.product.catalog.Seller;
import dev.agora.product.imports.row.CsvRows;
import dev.agora.product.imports.row.JsonRows;
import dev.agora.product.imports.row.RowBatches;
import dev.agora.product.imports.row.RowCheck;
import dev.agora.product.imports.row.RowReader;
import dev.agora.product.imports.upload.Uploads;

/** Imports the products of an uploaded file, batch by batch. */
public final class ImportHandler implements JobHandler {

	/** A chunk is parsed while the next one is read. */
	private static final int CHUNKS_AHEAD = 1;

	private final Uploads uploads;

	private final RowImporter importer;

	private final MemberProjection members;

	private final Validator validator;

	private final JsonMapper json;

	ImportHandler(Uploads uploads, RowImporter importer, MemberProjection members, Validator validator,
			JsonMapper json) {
		this.uploads = uploads;
		this.importer = importer;
		this.members = members;
		this.validator = validator;
		this.json = json;
	}

	@Override
	public String kind() {
		return ImportRequest.KIND;
	}

	@Override
	public Mono<?> run(JobRun run) {
		ImportRequest request = run.parameters(ImportRequest.class);
		return new Progress(run, request.upload().lines()).of(this, request);
	}

	/** The account may have been deleted since the upload, or since the last batch. */
	private Mono<Seller> requireSeller(ImportRequest request) {
		return this.members.requireAccount(request.seller()).map(Seller::of);
	}

	private Flux<RowBatches.Batch> batches(ImportRequest request, Seller seller, long skipped) {
		RowCheck check = new RowCheck(this.validator, seller);
		return RowBatches.read(() -> open(request, check), skipped).subscribeOn(Schedulers.boundedElastic());
	}

	private RowReader open(ImportRequest request, RowCheck check) throws Exception {
		InputStream file = DataBufferUtils.subscriberInputStream(this.uploads.read(request.upload()), CHUNKS_AHEAD);
		return (request.format() == ImportFormat.CSV) ? new CsvRows(file, request.columns(), check)
				: new JsonRows(file, this.json, check);
	}

	private Mono<ImportResult> write(ImportRequest request, String job, RowBatches.Batch batch) {
		return requireSeller(request).then(this.importer.write(job, batch.valid()))
			.map((written) -> written.plus(ImportResult.ofFailed(batch.failed(), batch.errors())));
	}

	/** The rest of the file has no meaning; the rows before it are imported. */
	private static Problem unreadable(InvalidRequest invalid, ImportCheckpoint reached) {
		String error = invalid.errors()
			.stream()
			.map((field) -> field.field() + " " + field.message())
			.findFirst()
			.orElse(invalid.detail());
		ImportResult result = reached.result();
		return InvalidRequest.unprocessable("unreadable-file", "body",
				"The file cannot be read: " + error + ". The rows before were imported: " + result.created()
						+ " created, " + result.changed() + " changed, " + result.unchanged() + " unchanged, "
						+ result.failed() + " failed.");
	}

	/** How far the import of one run has got. */
	private static final class Progress {

		private final JobRun run;

		private final long lines;

		private volatile ImportCheckpoint reached;

		Progress(JobRun run, long lines) {
			this.run = run;
			this.lines = lines;
			this.reached = run.checkpoint(ImportCheckpoint.class).orElse(ImportCheckpoint.START);
		}

		Mono<ImportResult> of(ImportHandler handler, ImportRequest request) {
			return handler.requireSeller(request)
				.flatMapMany((seller) -> handler.batches(request, seller, this.reached.rows()))
				.concatMap((batch) -> handler.write(request, this.run.id(), batch)
					.flatMap((result) -> advance(batch, result)), 1)
				.then(Mono.defer(() -> this.run.report(this.lines, this.lines, this.reached)))
				.then(Mono.fromSupplier(() -> this.reached.result()))
				.onErrorMap(InvalidRequest.class, (invalid) -> unreadable(invalid, this.reached));
		}

		private Mono<Void> advance(RowBatches.Batch batch, ImportResult result) {
			this.reached = new ImportCheckpoint(this.reached.rows() + batch.rows(), batch.line(),
					this.reached.result().plus(result));
			return this.run.report(batch.line(), this.lines, this.reached);
		}

	}

}
