package dev.agora.product.catalog.query;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.FieldError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProductQueryTests {

	private static final String ID = "0SAX0RSKMBGW0";

	@Test
	void parsesKnownParametersAndIgnoresOthers() {
		MultiValueMap<String, String> parameters = parameters("category", "home");
		parameters.add("tag", "red");
		parameters.add("sort", "price");
		parameters.add("utm_source", "mail");
		assertThat(ProductQuery.parse(parameters)).isEqualTo(new ProductQuery("home", null, "red", ProductOrder.PRICE));
	}

	@ParameterizedTest
	@CsvSource({ "sort,PRICE", "sort,''", "sort,oldest", "category,Home", "category,''", "seller,anna", "tag,''",
			"tag,a\u000fb", "tag,\u00a0", "tag,\u202ea", "tag,\ufeff", "category,a\u000fb" })
	void rejectsAnInvalidParameterByItsName(String name, String value) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> ProductQuery.parse(parameters(name, value)))
			.satisfies((failure) -> assertThat(failure.errors()).extracting(FieldError::field).containsExactly(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "category", "seller", "tag", "sort" })
	void rejectsAParameterThatIsRepeated(String name) {
		MultiValueMap<String, String> parameters = parameters(name, "newest");
		parameters.add(name, "newest");
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> ProductQuery.parse(parameters))
			.satisfies((failure) -> assertThat(failure.errors())
				.containsExactly(new FieldError(name, "must be given once")));
	}

	@Test
	void normalizesTags() {
		assertThat(ProductQuery.parse(parameters("tag", "cafe\u0301")).tag()).isEqualTo("caf\u00e9");
		assertThat(ProductQuery.parse(parameters("tag", "😀".repeat(40))).tag()).hasSize(80);
	}

	@Test
	void sortsByTheNewestUnlessAskedOtherwise() {
		assertThat(ProductQuery.parse(parameters("tag", "red")).order()).isEqualTo(ProductOrder.NEWEST);
	}

	@ParameterizedTest
	@EnumSource
	void readsItsOwnCursor(ProductOrder order) {
		ProductQuery query = new ProductQuery("home", null, "caf\u00e9", order);
		ProductCursor position = query.position(query.cursor(key(order), ID));
		assertThat(position).isNotNull().satisfies((read) -> {
			assertThat(read.key()).isEqualTo(key(order));
			assertThat(read.id()).isEqualTo(ID);
		});
		assertThat(query.position(null)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void refusesTheCursorOfAnotherList(ProductOrder order) {
		ProductQuery query = new ProductQuery("home", null, null, order);
		Stream.of(ProductOrder.values())
			.filter((other) -> other != order)
			.map((other) -> new ProductQuery("home", null, null, other))
			.forEach((other) -> assertRefused(query, other.cursor(key(other.order()), ID)));
		assertRefused(query, new ProductQuery(null, null, "home", order).cursor(key(order), ID));
		assertRefused(query, new ProductQuery(null, null, null, order).cursor(key(order), ID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "0SAX0RSKMBGW0", "{$gt: 1}", "////", "LS8vLw", "aW52YWxpZA==", "cHJpY2Uv",
			"cHJpY2UvLy8v", "\u00e9" })
	void refusesATextThatIsNoCursor(String cursor) {
		assertRefused(new ProductQuery("home", null, null, ProductOrder.PRICE), cursor);
	}

	@ParameterizedTest
	@CsvSource({ "EUR 1,0SAX0RSKMBGW0", "EUR 00000000012500,0sax0rskmbgw0", "'',0SAX0RSKMBGW0",
			"EUR 00000000012500/,0SAX0RSKMBGW0" })
	void refusesACursorWithAnotherPosition(String key, String id) {
		ProductQuery query = new ProductQuery("home", null, null, ProductOrder.PRICE);
		assertRefused(query, query.cursor(key, id));
	}

	private static void assertRefused(ProductQuery query, String cursor) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> query.position(cursor))
			.satisfies(
					(failure) -> assertThat(failure.errors()).extracting(FieldError::field).containsExactly("cursor"));
	}

	private static String key(ProductOrder order) {
		return switch (order) {
			case NEWEST -> "";
			case PRICE -> "EUR 00000000012500";
			case RATING -> "467 0000000003";
		};
	}

	private static MultiValueMap<String, String> parameters(String name, String value) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		parameters.add(name, value);
		return parameters;
	}

}
