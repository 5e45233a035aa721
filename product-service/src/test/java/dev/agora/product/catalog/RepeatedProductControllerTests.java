package dev.agora.product.catalog;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpStatus;

import dev.agora.platform.testing.Shared;
import dev.agora.product.StartedProductService;

import static dev.agora.product.StartedProductService.LAMP;
import static dev.agora.product.StartedProductService.idOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Repeats requests that create a product. */
@ExtendWith(Shared.class)
class RepeatedProductControllerTests {

	private static StartedProductService service;

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of());
	}

	@Test
	void returnsTheSameProductForARepeatedRequest() {
		assertThat(idOf(service.create(LAMP, "same"))).isEqualTo(idOf(service.create(LAMP, "same")));
		service.create(LAMP.replace("Lamp", "Bike"), "same").expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
	}

	@Test
	void returns422WhenAKeyIsRepeatedWithAnotherBody() {
		String tags = LAMP.replace("}, \"stock\"", "}, \"tags\": %s, \"stock\"");
		service.create(tags.formatted("[\"a, b\"]"), "tags").expectStatus().isCreated();
		service.create(tags.formatted("[\"a\", \"b\"]"), "tags")
			.expectStatus()
			.isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		String attributes = LAMP.replace("}, \"stock\"", "}, \"attributes\": %s, \"stock\"");
		service.create(attributes.formatted("{\"x\": \"1, y=2\"}"), "attributes").expectStatus().isCreated();
		service.create(attributes.formatted("{\"x\": \"1\", \"y\": \"2\"}"), "attributes")
			.expectStatus()
			.isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		String text = LAMP.replace("}, \"stock\"", "}, \"description\": %s, \"stock\"");
		service.create(text.formatted("null"), "null").expectStatus().isCreated();
		service.create(text.formatted("\"null\""), "null").expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					{"title": "Lamp", "category": "home", "price": {"amount": 12.50, "currency": "EUR"}, "stock": 4.0}
					{"stock": 4e0, "price": {"currency": "EUR", "amount": 1.25e1}, "category": "home", "title": "Lamp"}
					{"title": "Lamp", "category": "home", "price": {"amount": 12.500, "currency": "EUR"}, "stock": 4, "tags": null}
					""")
	void returnsTheSameProductForAnEquivalentBody(String body) {
		assertThat(idOf(service.create(body, "otherwise"))).isEqualTo(idOf(service.create(LAMP, "otherwise")));
	}

}
