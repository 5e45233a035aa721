package dev.agora.product.imports.row;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.row.RowError;
import dev.agora.product.catalog.Product;

import static org.assertj.core.api.Assertions.assertThat;

class JsonRowsTests {

	private static final String REST = "\"category\":\"home\",\"price\":{\"amount\":1.50,\"currency\":\"EUR\"},\"stock\":3.0}";

	private static String row(String title) {
		return "{\"title\":\"" + title + "\"," + REST;
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s\n%s", "\uFEFF%s\r\n%s\r\n", "\n \t\n%s\n\n%s\n" })
	void readsAProductFromEachLine(String form) {
		List<RowBatches.Batch<Product>> read = TestRows.ndjson(form.formatted(row("A"), row("B")));
		assertThat(TestRows.errors(read)).isEmpty();
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("A", "B");
		assertThat(TestRows.products(read)).extracting(Product::stock).containsOnly(3L);
	}

	@Test
	void reportsTheErrorsOfEachLineAndContinues() {
		List<RowBatches.Batch<Product>> read = TestRows.ndjson(String.join("\n", "{\"title\":", "[]", "null", "{} {}",
				row("A").replace("\"stock\":3.0", "\"stock\":\"3\""), row("A").replace("EUR", "XXX"),
				row("A").replace("\"stock\"", "\"stocks\""), row("A").replace("\"category\"", "\"title\""),
				row("A").replace("{\"title\"", "{\"key\":1,\"title\""), "{\"title\":\"A\"}", row("\\ud800"), row("B")));
		assertThat(TestRows.errors(read).stream().map((error) -> error.line() + " " + error.field()).distinct())
			.containsExactly("1 row", "2 row", "3 row", "4 row", "5 stock", "6 price.currency", "7 stocks", "8 title",
					"9 key", "10 category", "10 price", "10 stock", "11 title");
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("B");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e1000000000", "1e-1000000000", "-1E+2147483647", "1e99999999999" })
	void refusesHugeExponentsWithoutWritingOutTheirDigits(String number) {
		List<RowBatches.Batch<Product>> read = TestRows
			.ndjson(row("A").replace("1.50", number) + "\n" + row("A").replace("3.0", number) + "\n" + row("B"));
		assertThat(TestRows.errors(read)).extracting(RowError::line).containsExactly(1L, 2L);
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("B");
	}

	@Test
	void reportsFewErrorsOfARowHoweverManyItHas() {
		String tags = "\"tags\":[" + "\"\",".repeat(5000) + "\"\"],\"stock\"";
		String attributes = IntStream.range(0, 5000)
			.mapToObj((index) -> "\"a." + index + "\":\"\",")
			.collect(Collectors.joining("", "\"attributes\":{", "\"b\":\"\"},\"stock\""));
		String file = row("A").replace("\"stock\"", tags) + "\n" + row("A").replace("\"stock\"", attributes) + "\n"
				+ row("B");
		List<RowBatches.Batch<Product>> read = TestRows.ndjson(file);
		assertThat(TestRows.errors(read)).hasSizeLessThanOrEqualTo(40)
			.contains(new RowError(1, "tags", "must be at most 20 tags"),
					new RowError(2, "attributes", "must be at most 30 attributes"));
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("B");
	}

	@Test
	void endsABatchEarlyWhenTheThreadIsInterrupted() {
		Thread.currentThread().interrupt();
		try {
			assertThat(TestRows.ndjsonOnThisThread(row("A") + "\n" + row("B"))).hasSize(2);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void endsABatchOfLongRowsEarly() {
		String row = row("A").replace("\"stock\"", "\"description\":\"" + "a".repeat(5000) + "\",\"stock\"");
		String file = IntStream.range(0, 500)
			.mapToObj((line) -> row.replace("\"title\"", "\"key\":\"" + line + "\",\"title\""))
			.collect(Collectors.joining("\n"));
		assertThat(TestRows.ndjson(file)).hasSize(3).allSatisfy((batch) -> assertThat(batch.rows()).isLessThan(250));
	}

	@Test
	void skipsALineThatIsTooLong() {
		String file = "x".repeat(RowCheck.MAX_LINE + 1) + "\n" + row("A") + "\n" + " ".repeat(RowCheck.MAX_LINE * 3);
		List<RowBatches.Batch<Product>> read = TestRows.ndjson(file);
		assertThat(TestRows.errors(read)).containsExactly(new RowError(1, "row", "must be at most 393216 bytes"));
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("A");
	}

	@Test
	void acceptsTheLongestProductInEscapes() {
		String text = "\\ud83d\\ude00";
		String row = row(text.repeat(200)).replace("\"stock\"",
				"\"description\":\"" + text.repeat(5000) + "\",\"stock\"");
		List<RowBatches.Batch<Product>> read = TestRows.ndjson(row);
		assertThat(TestRows.errors(read)).isEmpty();
		assertThat(TestRows.products(read)).hasSize(1);
	}

	@Test
	void hasTheSameKeyForTheSameContentInAnyOrder() {
		List<String> keys = TestRows.keys(TestRows.ndjson(String.join("\n", row("A"),
				"{\"stock\":3,\"price\":{\"currency\":\"EUR\",\"amount\":1.5},\"category\":\"home\",\"title\":\"A\"}",
				row("A").replace("{\"title\"", "{\"key\":\"a\",\"title\""))));
		assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
	}

}
