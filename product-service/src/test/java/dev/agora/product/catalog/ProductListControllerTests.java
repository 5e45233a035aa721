package dev.agora.product.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.agora.platform.testing.Shared;
import dev.agora.product.StartedProductService;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists products in each order. */
@ExtendWith(Shared.class)
class ProductListControllerTests {

	private static final String LAMP = """
			{"title": "Lamp", "category": "%s", "price": {"amount": %s, "currency": "%s"}, "stock": 1}""";

	private static StartedProductService service;

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of("find products by removedAt, value.category", "a list queries all shards",
				"find products by _id, removedAt, value.category", "a list queries all shards",
				"find products by removedAt, value.category, value.priceKey", "a list queries all shards",
				"find products by _id, removedAt, value.category, value.priceKey", "a list queries all shards",
				"find products by removedAt, value.category, value.ratingKey", "a list queries all shards",
				"find products by _id, removedAt, value.category, value.ratingKey", "a list queries all shards"));
	}

	@Test
	void sortsByCurrencyAndAmount() {
		String dollars = create("sorted", "1.00", "USD");
		String dear = create("sorted", "100", "EUR");
		String cheap = create("sorted", "9.99", "EUR");
		assertThat(pages("/products?category=sorted&limit=1&sort=price")).containsExactly(cheap, dear, dollars);
		assertThat(pages("/products?category=sorted&limit=2&sort=newest")).containsExactly(cheap, dear, dollars);
		assertThat(pages("/products?category=sorted&limit=1&sort=rating")).containsExactly(cheap, dear, dollars);
	}

	@Test
	void showsExactAmounts() {
		create("exact", "1500", "JPY");
		create("exact", "1.5", "KWD");
		String list = new String(
				service.get("/products?category=exact").expectBody().returnResult().getResponseBodyContent(),
				StandardCharsets.UTF_8);
		assertThat(list).contains("{\"amount\":1500,\"currency\":\"JPY\"}", "{\"amount\":1.500,\"currency\":\"KWD\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sort=rating&category=other", "sort=newest&category=cursor", "sort=price", "sort=rating",
			"sort=rating&category=cursor&tag=a" })
	void returns400ForTheCursorOfAnotherList(String other) {
		create("cursor", "1", "EUR");
		create("cursor", "2", "EUR");
		String cursor = StartedProductService.bodyOf(service.get("/products?category=cursor&sort=rating&limit=1"))
			.get("next")
			.asString();
		assertRefused(other + "&cursor=" + cursor, "cursor");
	}

	@ParameterizedTest
	@CsvSource({ "cursor=,cursor", "cursor=bmV3ZXN0,cursor", "cursor=%00,cursor", "cursor=a&cursor=b,cursor",
			"limit=0,limit", "limit=1&limit=2,limit", "sort=,sort", "sort=price&sort=price,sort" })
	void returns400WithTheInvalidParameter(String query, String field) {
		assertRefused(query, field);
	}

	private static void assertRefused(String query, String field) {
		service.get("/products?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	private static String create(String category, String amount, String currency) {
		return service.create(LAMP.formatted(category, amount, currency)).get("id").asString();
	}

	private static List<String> pages(String list) {
		JsonNode page = StartedProductService.bodyOf(service.get(list));
		List<String> ids = new ArrayList<>(ids(page));
		while (page.get("next").isString()) {
			page = StartedProductService.bodyOf(service.get(list + "&cursor=" + page.get("next").asString()));
			ids.addAll(ids(page));
		}
		return ids;
	}

	private static List<String> ids(JsonNode page) {
		return page.get("items").valueStream().map((item) -> item.get("id").asString()).toList();
	}

}
