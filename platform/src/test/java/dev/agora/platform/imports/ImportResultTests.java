package dev.agora.platform.imports;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.agora.platform.imports.row.RowError;

import static org.assertj.core.api.Assertions.assertThat;

class ImportResultTests {

	@Test
	void keepsTheFirstThousandErrorsAndCountsAll() {
		ImportResult result = failed(900, "title").plus(failed(900, "title"));
		assertThat(result.errors()).hasSize(1000);
		assertThat(result.failed()).isEqualTo(1800);
	}

	@Test
	void keepsFewerErrorsThatAreLong() {
		ImportResult result = ImportResult.NONE.withFailed(1000, errors(1000, "x".repeat(300_000)));
		assertThat(result.errors()).hasSizeBetween(500, 999);
		assertThat(result.errors().get(0).field()).hasSize(80).startsWith("xxx").endsWith("…");
	}

	private static ImportResult failed(int count, String field) {
		return ImportResult.ofFailed(count, errors(count, field));
	}

	private static List<RowError> errors(int count, String field) {
		return LongStream.range(0, count).mapToObj((line) -> new RowError(line, field, "must be given")).toList();
	}

}
