package dev.agora.product.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.FieldError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProductQueryTests {

	@Test
	void parsesKnownParametersAndIgnoresOthers() {
		MultiValueMap<String, String> parameters = parameters("category", "home");
		parameters.add("tag", "red");
		parameters.add("sort", "newest");
		parameters.add("utm_source", "mail");
		assertThat(ProductQuery.parse(parameters)).isEqualTo(new ProductQuery("home", null, "red"));
	}

	@ParameterizedTest
	@CsvSource({ "sort,price", "sort,''", "category,Home", "category,''", "seller,anna", "tag,''", "tag,a\u000fb",
			"tag,\u00a0", "tag,\u202ea", "tag,\ufeff", "category,a\u000fb" })
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

	private static MultiValueMap<String, String> parameters(String name, String value) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		parameters.add(name, value);
		return parameters;
	}

}
