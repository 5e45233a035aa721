package dev.agora.product.catalog;

import java.util.Set;
import java.util.stream.Collectors;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class NewProductTests {

	private static final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	private static final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final String COMPLETE = """
			{"title": "Lamp", "description": "Bright.", "category": "home-light", "stock": 4,
			 "price": {"amount": 12.50, "currency": "EUR"}, "tags": ["red", "new"],
			 "attributes": {"Colour": "red"}, "imageUrl": "https://example.org/lamp.png?w=1"}""";

	@Test
	void acceptsACompleteBody() {
		assertThat(violations(read(COMPLETE))).isEmpty();
	}

	@Test
	void checksFewTagsHoweverManyThereAre() {
		ObjectNode body = read(COMPLETE);
		body.withArray("tags").removeAll();
		for (int i = 0; i < 5000; i++) {
			body.withArray("tags").add("");
		}
		assertThat(json.treeToValue(body, NewProduct.class).tags()).hasSize(21);
		assertThat(violations(body)).contains("tags");
	}

	@Test
	void acceptsABodyWithoutOptionalFields() {
		ObjectNode body = read(COMPLETE);
		body.remove(Set.of("description", "tags", "attributes", "imageUrl"));
		assertThat(violations(body)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			title       | null               | title
			title       | " "                | title
			title       | "two\\nlines"      | title
			title       | "half \\ud800"     | title
			title       | 201                | title
			title       | "\\u00a0\\u3000"   | title
			title       | "\\ufeff"          | title
			title       | "a\\u202eb"        | title
			description | "a\\u0000"         | description
			description | "a\\u2066b"        | description
			tags        | ["a\\u000f"]       | tags[0].<list element>
			tags        | ["\\u3164"]        | tags[0].<list element>
			attributes  | {"a\\u200b": "c"}  | attributes<K>[a\u200b].<map key>
			attributes  | {"a": "\\ue000"}   | attributes[a].<map value>
			imageUrl    | "https://a\\u00a0b" | imageUrl
			imageUrl    | "https://a\\u202eb" | imageUrl
			price       | {"amount":1e2147483647,"currency":"EUR"} | price.amount
			price       | {"amount":1e-2147483647,"currency":"EUR"} | price.amount
			price       | {"amount":100e2147483640,"currency":"EUR"} | price.amount
			description | 5001               | description
			category    | null               | category
			category    | ""                 | category
			category    | "Home"             | category
			category    | 51                 | category
			price       | null               | price
			price       | {"currency":"EUR"} | price.amount
			price       | {"amount":-0.01,"currency":"EUR"} | price.amount
			price       | {"amount":1.00001,"currency":"EUR"} | price.amount
			price       | {"amount":1000000000.01,"currency":"EUR"} | price.amount
			price       | {"amount":1e999999999,"currency":"EUR"} | price.amount
			price       | {"amount":1}       | price.currency
			price       | {"amount":1,"currency":"eur"} | price.currency
			stock       | null               | stock
			stock       | -1                 | stock
			stock       | 1000000001         | stock
			tags        | ["good", ""]       | tags[1].<list element>
			tags        | [null]             | tags[0].<list element>
			attributes  | {"a.b": "c"}       | attributes<K>[a.b].<map key>
			attributes  | {"$a": "c"}        | attributes<K>[$a].<map key>
			attributes  | {"": "c"}          | attributes<K>[].<map key>
			attributes  | {"a": null}        | attributes[a].<map value>
			imageUrl    | "ftp://a"          | imageUrl
			imageUrl    | "javascript:x"     | imageUrl
			imageUrl    | "https://a b"      | imageUrl
			""")
	void rejectsAnInvalidFieldByItsName(String field, String value, String path) {
		ObjectNode body = read(COMPLETE);
		boolean isLength = value.matches("\\d{2,4}");
		body.set(field, json.readTree(isLength ? "\"" + "x".repeat(Integer.parseInt(value)) + "\"" : value));
		assertThat(violations(body)).containsExactly(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "12.5", "12.50", "12.500", "125e-1", "1.25E+1", "12.5000000000000000000" })
	void acceptsAnAmountInAnyNotation(String amount) {
		ObjectNode body = read(COMPLETE.replace("12.50", amount));
		assertThat(violations(body)).isEmpty();
		assertThat(json.treeToValue(body, NewProduct.class).price().toPrice().amount()).isEqualTo("12.50");
	}

	@Test
	void countsLengthsInCodePoints() {
		ObjectNode body = read(COMPLETE);
		body.put("title", "😀".repeat(200)).put("description", "😀\n".repeat(2500));
		body.set("tags", json.createArrayNode().add("😀".repeat(40)));
		body.set("attributes", json.createObjectNode().put("😀".repeat(40), "😀".repeat(500)));
		assertThat(violations(body)).isEmpty();
		assertThat(violations(body.put("title", "😀".repeat(201)))).containsExactly("title");
	}

	private static ObjectNode read(String body) {
		return (ObjectNode) json.readTree(body);
	}

	private static Set<String> violations(ObjectNode body) {
		return validator.validate(json.treeToValue(body, NewProduct.class))
			.stream()
			.map((violation) -> violation.getPropertyPath().toString())
			.collect(Collectors.toSet());
	}

}
