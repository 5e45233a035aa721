package dev.agora.product.catalog;

import java.time.Clock;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.testing.Shared;
import dev.agora.platform.testing.TestProjections;
import dev.agora.product.StartedProductService;

import static dev.agora.product.StartedProductService.ANNA;
import static dev.agora.product.StartedProductService.LAMP;
import static dev.agora.product.StartedProductService.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/** Sends requests about products that are refused. */
@ExtendWith(Shared.class)
class RefusedProductControllerTests {

	private static StartedProductService service;

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of("aggregate products by nothing", StartedProductService.COUNT));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"title":                    | body
			[]                           | body
			{"title": "Lamp", "x": 1}    | x
			{"title": []}                | title
			{"stock": "4"}               | stock
			{"stock": 1.5}               | stock
			{"price": {"amount": "1"}}   | price.amount
			{"tags": {}}                 | tags
			{"stock": 1e999999999}       | stock
			{"stock": 1e99999999999}     | stock
			{"price": {"amount": 1e99999999999}} | price.amount
			{"title": "a", "title": "a"} | title
			{"price": {"amount": 1, "amount": 1}} | price.amount
			{"attributes": {"e\\u0301": "a", "\\u00e9": "b"}} | attributes
			""")
	void returns400WithTheFieldThatCannotBeRead(String body, String field) {
		assertRefused(service.create(body, "bad"), 400, field);
	}

	@Test
	void writesNothingWhenItRefusesARequest() {
		long before = service.count("products");
		service.client()
			.post()
			.uri("/products")
			.header(Identity.HEADER, service.identity(ANNA, "anna"))
			.accept(MediaType.APPLICATION_XML)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(LAMP)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertRefused(service.create(LAMP.replace("EUR", "JPY"), "decimals"), 400, "price.amount");
		assertRefused(service.create(LAMP.replace("EUR", "ZZZ"), "unknown"), 400, "price.currency");
		assertRefused(service.create(LAMP.replace("EUR", "XXX"), "none"), 400, "price.currency");
		assertThat(service.count("products")).isEqualTo(before);
	}

	@Test
	void returns401WithoutASession() {
		service.client()
			.post()
			.uri("/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void returns401WhenTheCallersAccountIsDeleted() {
		String id = new IdGenerator(Clock.systemUTC()).next();
		TestProjections.deleteMember(service.bean(DocumentStore.class), id, 2).block();
		long before = service.count("products");
		service.createAs(service.identity(id, "carla"), LAMP, "late").expectStatus().isUnauthorized();
		assertThat(service.count("products")).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0SAX0RSKMBGW0", "nothing", "0sax0rskmbgw0" })
	void returns404ForAnUnknownProduct(String id) {
		service.client().get().uri("/products/" + id).exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "cursor=0SAX0RSKMBGW0,cursor", "sort=oldest,sort", "seller=anna,seller" })
	void returns400WithTheInvalidParameter(String query, String field) {
		assertRefused(service.client().get().uri("/products?" + query).exchange(), 400, field);
	}

}
