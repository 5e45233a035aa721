package dev.agora.platform.imports;

import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.imports.row.RowBatches.Batch;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.Problem;

/**
 * How far the import of one run has got. The batches are written one after the other,
 * each after the one before is recorded, so that the next run continues with the rows
 * after it.
 */
public final class ImportProgress {

	private static final long MAX_ROWS = 1_000_000;

	private final JobRun run;

	private final long lines;

	private volatile ImportCheckpoint reached;

	/** The number of rows that were read, by one thread at a time. */
	private long read;

	/**
	 * Continues the import of a run.
	 * @param run the run of the job
	 * @param lines the number of lines of the file
	 */
	public ImportProgress(JobRun run, long lines) {
		this.run = run;
		this.lines = lines;
		this.reached = run.checkpoint(ImportCheckpoint.class).orElse(ImportCheckpoint.START);
		this.read = this.reached.rows();
	}

	/**
	 * Writes the batches that are not written yet.
	 * @param batches reads the batches after a number of rows
	 * @param write writes the valid rows of a batch; may be repeated
	 * @return the result of the whole file
	 */
	public <V> Mono<ImportResult> of(Function<Long, Flux<Batch<V>>> batches,
			Function<Batch<V>, Mono<ImportResult>> write) {
		return Flux.defer(() -> batches.apply(this.reached.rows()))
			.doOnNext(this::requireFewRows)
			.concatMap((batch) -> write.apply(batch).flatMap((result) -> advance(batch, result)), 1)
			.then(Mono.defer(() -> this.run.report(this.lines, this.lines, this.reached)))
			.then(Mono.fromSupplier(() -> this.reached.result()))
			.onErrorMap(InvalidRequest.class, this::unreadable);
	}

	/** Each row may be a batch of its own, so that their number bounds the work. */
	private void requireFewRows(Batch<?> batch) {
		this.read += batch.rows();
		if (this.read > MAX_ROWS) {
			throw InvalidRequest.field("row", "must be one of the first " + MAX_ROWS);
		}
	}

	private <V> Mono<Void> advance(Batch<V> batch, ImportResult valid) {
		ImportResult result = valid.withFailed(batch.failed(), batch.errors());
		this.reached = new ImportCheckpoint(this.reached.rows() + batch.rows(), batch.line(),
				this.reached.result().plus(result));
		return this.run.report(batch.line(), this.lines, this.reached);
	}

	/** The rest of the file has no meaning; the rows before it are imported. */
	private Problem unreadable(InvalidRequest invalid) {
		String error = invalid.errors()
			.stream()
			.map((field) -> field.field() + " " + field.message())
			.findFirst()
			.orElse(invalid.detail());
		ImportResult result = this.reached.result();
		return InvalidRequest.unprocessable("unreadable-file", "body",
				"The file cannot be read: " + error + ". The rows before were imported: " + result.created()
						+ " created, " + result.changed() + " changed, " + result.unchanged() + " unchanged, "
						+ result.failed() + " failed.");
	}

}
