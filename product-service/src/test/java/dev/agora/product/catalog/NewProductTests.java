package dev.agora.product.catalog;

import java.util.Set;
import java.util.stream.Collectors;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class NewProductTests {

	private static final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	private static final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final String GOOD = """
			{"title": "Lamp", "description": "Bright.", "category": "home-light", "stock": 4,
			 "price": {"amount": 12.50, "currency": "EUR"}, "tags": ["red", "new"],
			 "attributes": {"Colour": "red"}, "imageUrl": "https://example.org/lamp.png?w=1"}""";

	@Test
	void acceptsWhatIsComplete() {
		assertThat(faults(read(GOOD))).isEmpty();
	}

	@Test
	void acceptsWhatLeavesOutAllThatMayBe() {
		ObjectNode body = read(GOOD);
		body.remove(Set.of("description", "tags", "attributes", "imageUrl"));
		assertThat(faults(body)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			title       | null               | title
			title       | " "                | title
			title       | "two\\nlines"      | title
			title       | "half \\ud800"     | title
			title       | 201                | title
			description | 5001               | description
			category    | null               | category
			category    | ""                 | category
			category    | "Home"             | category
			category    | 51                 | category
			price       | null               | price
			price       | {"currency":"EUR"} | price.amount
			price       | {"amount":-0.01,"currency":"EUR"} | price.amount
			price       | {"amount":1.001,"currency":"EUR"} | price.amount
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
	void namesTheFieldAtFault(String field, String value, String fault) {
		ObjectNode body = read(GOOD);
		boolean isLength = value.matches("\\d{2,4}");
		body.set(field, json.readTree(isLength ? "\"" + "x".repeat(Integer.parseInt(value)) + "\"" : value));
		assertThat(faults(body)).containsExactly(fault);
	}

	private static ObjectNode read(String body) {
		return (ObjectNode) json.readTree(body);
	}

	private static Set<String> faults(ObjectNode body) {
		return validator.validate(json.treeToValue(body, NewProduct.class))
			.stream()
			.map((violation) -> violation.getPropertyPath().toString())
			.collect(Collectors.toSet());
	}

}
