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

	/** Each row may be a batch of its own, so that their number bounds the work. */
	static final long MAX_ROWS = 1_000_000;

	private static final String TOO_MANY_ROWS = "The file has more than 1,000,000 rows, so that none of them was imported. "
			+ "Divide the file.";

	private final JobRun run;

	private final long lines;

	private volatile ImportCheckpoint reached;

	/**
	 * Continues the import of a run.
	 * @param run the run of the job
	 * @param lines the number of lines of the file
	 */
	public ImportProgress(JobRun run, long lines) {
		this.run = run;
		this.lines = lines;
		this.reached = run.checkpoint(ImportCheckpoint.class).orElse(ImportCheckpoint.START);
	}

	/**
	 * Writes the batches that are not written yet.
	 * @param batches reads the batches after a number of rows
	 * @param write writes the valid rows of a batch; may be repeated
	 * @return the result of the whole file
	 * @throws InvalidRequest if the file cannot be read or has too many rows
	 */
	public <V> Mono<ImportResult> of(Function<Long, Flux<Batch<V>>> batches,
			Function<Batch<V>, Mono<ImportResult>> write) {
		return requireFewRows(batches).then(writeAll(batches, write));
	}

	/**
	 * Refuses a file with too many rows before any of them is written. Each row begins on
	 * a line of its own, so that the rows of most files need not be counted. If the file
	 * cannot be read, the rows before are counted, and are written later.
	 */
	private <V> Mono<Void> requireFewRows(Function<Long, Flux<Batch<V>>> batches) {
		if (this.lines <= MAX_ROWS || this.reached.rows() > 0) {
			return Mono.empty();
		}
		return batches.apply(0L)
			.onErrorResume(InvalidRequest.class, (unreadable) -> Flux.empty())
			.map(Batch::rows)
			.scan(0L, Long::sum)
			.filter((rows) -> rows > MAX_ROWS)
			.next()
			.flatMap((rows) -> Mono.error(InvalidRequest.unprocessable("too-many-rows", "body", TOO_MANY_ROWS)));
	}

	private <V> Mono<ImportResult> writeAll(Function<Long, Flux<Batch<V>>> batches,
			Function<Batch<V>, Mono<ImportResult>> write) {
		return Flux.defer(() -> batches.apply(this.reached.rows()))
			.concatMap((batch) -> write.apply(batch).flatMap((result) -> advance(batch, result)), 1)
			.then(Mono.defer(() -> this.run.report(this.lines, this.lines, this.reached)))
			.then(Mono.fromSupplier(() -> this.reached.result()))
			.onErrorMap(InvalidRequest.class, this::unreadable);
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
