package dev.agora.product.imports;

import java.io.InputStream;

import jakarta.validation.Validator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBufferUtils;

import dev.agora.platform.imports.ImportProgress;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.imports.row.JsonRows;
import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.row.RowReader;
import dev.agora.platform.imports.upload.Uploads;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.member.MemberProjection;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Seller;
import dev.agora.product.imports.row.CsvRows;
import dev.agora.product.imports.row.RowCheck;

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
		ImportProgress progress = new ImportProgress(run, request.upload().lines());
		return requireSeller(request).flatMap((seller) -> progress.of((skipped) -> batches(request, seller, skipped),
				(batch) -> write(request, run.id(), batch)));
	}

	/** The account may have been deleted since the upload, or since the last batch. */
	private Mono<Seller> requireSeller(ImportRequest request) {
		return this.members.requireAccount(request.seller().toCaller()).map(Seller::of);
	}

	private Flux<RowBatches.Batch<Product>> batches(ImportRequest request, Seller seller, long skipped) {
		RowCheck check = new RowCheck(this.validator, seller);
		return RowBatches.read(() -> open(request, check), skipped).subscribeOn(Schedulers.boundedElastic());
	}

	private RowReader<Product> open(ImportRequest request, RowCheck check) throws Exception {
		InputStream file = DataBufferUtils.subscriberInputStream(this.uploads.read(request.upload()), CHUNKS_AHEAD);
		return (request.format() == ImportFormat.CSV) ? new CsvRows(file, request.columns(), check)
				: new JsonRows<>(file, RowCheck.MAX_LINE, this.json, (line, row) -> check.parse(line, row, this.json));
	}

	private Mono<ImportResult> write(ImportRequest request, String job, RowBatches.Batch<Product> batch) {
		return requireSeller(request).then(this.importer.write(job, batch.valid()));
	}

}
