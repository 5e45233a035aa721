package dev.agora.graph.imports;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBufferUtils;

import dev.agora.platform.imports.ImportProgress;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.upload.Uploads;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;

/** Imports the follows of an uploaded list of edges, batch by batch. */
public final class FollowImportHandler implements JobHandler {

	/** A chunk is parsed while the next one is read. */
	private static final int CHUNKS_AHEAD = 1;

	private final Uploads uploads;

	private final EdgeImporter importer;

	FollowImportHandler(Uploads uploads, EdgeImporter importer) {
		this.uploads = uploads;
		this.importer = importer;
	}

	@Override
	public String kind() {
		return FollowImport.KIND;
	}

	@Override
	public Mono<ImportResult> run(JobRun run) {
		FollowImport parameters = run.parameters(FollowImport.class);
		return new ImportProgress(run, parameters.upload().lines()).of((skipped) -> batches(parameters, skipped),
				(batch) -> this.importer.write(batch.valid()));
	}

	private Flux<RowBatches.Batch<HandlePair>> batches(FollowImport parameters, long skipped) {
		return RowBatches
			.<HandlePair>read(() -> new EdgeLines(
					DataBufferUtils.subscriberInputStream(this.uploads.read(parameters.upload()), CHUNKS_AHEAD)),
					skipped)
			.subscribeOn(Schedulers.boundedElastic());
	}

}
