package dev.agora.platform.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.imports.row.RowBatches.Batch;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.problem.InvalidRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ImportProgressTests {

	private static final int MAX_ROWS = 1_000_000;

	private final List<Long> written = new ArrayList<>();

	private final List<Long> opened = new ArrayList<>();

	@Test
	void refusesAFileWithTooManyRowsBeforeAnyIsWritten() {
		StepVerifier.create(run(MAX_ROWS + 1, 250_000, 250_000, 250_000, 250_000, 1))
			.expectErrorSatisfies((failure) -> {
				assertThat(failure).isInstanceOf(InvalidRequest.class);
				assertThat(((InvalidRequest) failure).code()).isEqualTo("too-many-rows");
				assertThat(((InvalidRequest) failure).detail()).contains("1,000,000");
			})
			.verify();
		assertThat(this.written).isEmpty();
	}

	@Test
	void importsTheMaximumNumberOfRowsFromAFileWithMoreLines() {
		StepVerifier.create(run(MAX_ROWS + 5, 500_000, 500_000)).expectNextCount(1).verifyComplete();
		assertThat(this.written).containsExactly(500_000L, 500_000L);
	}

	@Test
	void readsAFileOnceIfItHasFewLines() {
		StepVerifier.create(run(MAX_ROWS, MAX_ROWS)).expectNextCount(1).verifyComplete();
		assertThat(this.opened).containsExactly(0L);
	}

	private Mono<ImportResult> run(long lines, long... rows) {
		Job job = Objects.requireNonNull(Job.submit("import", "ada", "{}", Instant.EPOCH).next());
		JobRun run = new JobRun(new Stored<>("0SAX0RSKMBGW0", 1, job, Instant.EPOCH, Instant.EPOCH, 0),
				JsonMapper.shared());
		Function<Long, Flux<Batch<String>>> batches = (skipped) -> {
			this.opened.add(skipped);
			return Flux.fromStream(() -> Arrays.stream(rows)
				.mapToObj((count) -> new Batch<String>(List.of(), List.of(), count, count)));
		};
		return new ImportProgress(run, lines).of(batches, (batch) -> {
			this.written.add(batch.rows());
			return Mono.just(ImportResult.NONE);
		});
	}

}
