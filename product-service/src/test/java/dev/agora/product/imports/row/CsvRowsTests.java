package dev.agora.product.imports.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.row.RowError;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class CsvRowsTests {

	private static final String HEADER = "key,title,description,category,price,currency,stock,tags,image_url\n";

	private static final String LAMP = "l1,Lamp,Bright.,home,12.5,EUR,4,\"red, round\",https://example.org/lamp.png\n";

	@Test
	void readsEachFieldFromTheColumnOfItsName() {
		assertThat(TestRows.products(TestRows.csv(HEADER + LAMP, ""))).containsExactly(lamp());
	}

	private static Product lamp() {
		return new Product("Lamp", "Bright.", "home", Price.of(new BigDecimal("12.5"), "EUR"), 4,
				List.of("red", "round"), Map.of(), "https://example.org/lamp.png", TestRows.ANNA, 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uFEFF%s", "%s\n\n", "\n\n%s" })
	void ignoresAByteOrderMarkAndEmptyLines(String form) {
		assertThat(TestRows.products(TestRows.csv(form.formatted(HEADER + LAMP), ""))).containsExactly(lamp());
	}

	@Test
	void readsQuotedNamesAfterAByteOrderMark() {
		List<RowBatches.Batch<Product>> read = TestRows.csv("\uFEFF\"no, of\nitem\",\"title\"\n\"1,\n2\",\"Lamp\"\n",
				"");
		assertThat(TestRows.errors(read)).isEmpty();
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("Lamp");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r\n", "\r" })
	void acceptsEachKindOfLineEnd(String end) {
		List<RowBatches.Batch<Product>> read = TestRows.csv((HEADER + LAMP + "l2,,,,,,,,").replace("\n", end), "");
		assertThat(TestRows.products(read)).containsExactly(lamp());
		assertThat(TestRows.errors(read)).extracting(RowError::line).containsOnly(3L);
	}

	@Test
	void readsQuotesAndLineBreaksInFields() {
		List<RowBatches.Batch<Product>> read = TestRows.csv("""
				title,description
				"A ""large"" lamp, red","Two
				lines"
				Chair,
				,
				""", "");
		assertThat(TestRows.products(read)).extracting(Product::title)
			.containsExactly("A \"large\" lamp, red", "Chair");
		assertThat(TestRows.products(read)).extracting(Product::description).containsExactly("Two\nlines", null);
		assertThat(TestRows.errors(read)).containsExactly(new RowError(5, "title", "must not be blank"));
	}

	@Test
	void takesTheNamedColumnsAndDefaults() {
		List<RowBatches.Batch<Product>> read = TestRows.csv("Name;Long Name;Maker;Cost\nA;;M;3\n;B;;\n",
				"separator=semicolon&title=name&title=long-name&price=COST&attributes=Maker&default.price=9.99"
						+ "&default.currency=USD&default.stock=7&default.category=tools");
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("A", "B");
		assertThat(TestRows.products(read)).extracting(Product::price)
			.containsExactly(Price.of(new BigDecimal("3"), "USD"), Price.of(new BigDecimal("9.99"), "USD"));
		assertThat(TestRows.products(read)).extracting(Product::attributes)
			.containsExactly(Map.of("Maker", "M"), Map.of());
		assertThat(TestRows.products(read)).allSatisfy((product) -> {
			assertThat(product.stock()).isEqualTo(7);
			assertThat(product.category()).isEqualTo("tools");
		});
	}

	@ParameterizedTest
	@CsvSource({ "price, 1e5, price.amount", "price, abc, price.amount", "price, -1, price.amount",
			"price, 1.234, price.amount", "currency, XXX, price.currency", "stock, 1.5, stock", "stock, -1, stock",
			"category, Home Made, category", "image_url, ftp://a/b, imageUrl" })
	void reportsTheFieldOfAnInvalidValue(String column, String value, String field) {
		List<RowBatches.Batch<Product>> read = TestRows.csv("title," + column + "\nLamp," + value + "\n", "");
		assertThat(TestRows.products(read)).isEmpty();
		assertThat(TestRows.errors(read)).extracting(RowError::line, RowError::field).containsExactly(tuple(2L, field));
	}

	@Test
	void reportsARowWithTooManyOrTooFewFieldsAndContinues() {
		List<RowBatches.Batch<Product>> read = TestRows.csv("title,stock\nA,1,2\nB\nC,3\n", "");
		assertThat(TestRows.errors(read)).containsExactly(new RowError(2, "row", "has 3 fields, but the header has 2"),
				new RowError(3, "row", "has 1 fields, but the header has 2"));
		assertThat(TestRows.products(read)).extracting(Product::title).containsExactly("C");
	}

	@ParameterizedTest
	@CsvSource({ "'\uFEFF', '', title", "'price', '', title", "'title', 'price=cost', price",
			"'title,Title', '', title" })
	void refusesAHeaderWithoutANeededColumn(String header, String query, String field) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TestRows.csv(header + "\n1,2\n", query))
			.satisfies((refused) -> assertThat(refused.errors().get(0).field()).isEqualTo(field));
	}

	@ParameterizedTest
	@ValueSource(strings = { "title\nA\n\"B\"C\n", "title\nA\n\"B\nC\n" })
	void endsAtAQuoteInTheWrongPlace(String file) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TestRows.csv(file, ""))
			.satisfies((refused) -> assertThat(refused.errors().get(0).message()).contains("after line 2"));
	}

	@Test
	void endsAtARowThatIsTooLong() {
		String file = "title\nA\n\"" + "x".repeat(RowCheck.MAX_LINE) + "\n";
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TestRows.csv(file, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "titel=name", "default.title=a", "default.price=", "separator=pipe", "title=" })
	void refusesUnknownParametersAndValues(String query) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TestRows.columns(query));
	}

	@Test
	void givesTheSameKeyToTheSameRowsOnly() {
		List<String> keys = TestRows.keys(TestRows.csv("key,title\na,A\na,B\n,A\n,A\n,B\nb,A\n", ""));
		assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotIn(keys.subList(2, 6));
		assertThat(keys.get(2)).isEqualTo(keys.get(3)).isNotIn(keys.subList(4, 6));
		assertThat(keys.get(4)).isNotEqualTo(keys.get(5));
	}

	@Test
	void startsABatchAtARepeatedKey() {
		List<RowBatches.Batch<Product>> read = TestRows.csv("key,title\na,A\nb,B\n,\na,C\n", "");
		assertThat(read).extracting(RowBatches.Batch::rows).containsExactly(3L, 1L);
		assertThat(read).extracting(RowBatches.Batch::line).containsExactly(4L, 5L);
		assertThat(read).extracting(RowBatches.Batch::failed).containsExactly(1L, 0L);
	}

	@Test
	void readsTheBooksWithoutAParameter() throws IOException {
		Path books = Path.of("../system-tests/src/test/resources/books.csv");
		List<RowBatches.Batch<Product>> read = TestRows.csv(Files.readString(books), "");
		assertThat(TestRows.errors(read)).isEmpty();
		assertThat(TestRows.products(read)).hasSize(20);
		assertThat(TestRows.products(read).get(0)).satisfies((book) -> {
			assertThat(book.title()).isEqualTo("The Hunger Games (The Hunger Games, #1)");
			assertThat(book.description()).isEqualTo("Suzanne Collins");
			assertThat(book.imageUrl()).startsWith("https://images.gr-assets.com/");
			assertThat(book.attributes()).containsEntry("language_code", "eng");
		});
	}

}
