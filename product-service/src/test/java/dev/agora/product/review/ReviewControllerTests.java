package dev.agora.product.review;

import java.time.Clock;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

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

/** Writes, reads and deletes reviews. */
@ExtendWith(Shared.class)
class ReviewControllerTests {

	private static final String GOOD = "{\"stars\": 4, \"text\": \"Bright.\"}";

	private static final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private static StartedProductService service;

	private static String anna;

	private static String ben;

	private String lamp = "";

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
		anna = service.identity(ANNA, "anna");
		ben = service.identity("0SAX0RSKRBJT3", "ben");
	}

	@AfterAll
	static void check() {
		service.check(Map.of());
	}

	@BeforeEach
	void listLamp() {
		this.lamp = service.create(LAMP).get("id").asString();
	}

	@Test
	void returns201ForANewReviewAnd200ForAnEdit() {
		write(ben, GOOD).expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectBody()
			.jsonPath("$.author.handle")
			.isEqualTo("ben")
			.jsonPath("$.stars")
			.isEqualTo(4);
		write(ben, GOOD).expectStatus().isOk().expectBody().jsonPath("$.version").isEqualTo(1);
		write(ben, "{\"stars\": 2}").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.version")
			.isEqualTo(2)
			.jsonPath("$.text")
			.isEmpty();
		assertThat(list().get("items")).hasSize(1);
	}

	@Test
	void returns201WhenADeletedReviewIsWrittenAgain() {
		write(ben, GOOD).expectStatus().isCreated();
		delete(ben).expectStatus().isNoContent();
		delete(ben).expectStatus().isNoContent();
		assertThat(list().get("items")).isEmpty();
		write(ben, GOOD).expectStatus().isCreated().expectBody().jsonPath("$.version").isEqualTo(3);
	}

	@Test
	void returns204ForADeletionOfAReviewThatWasNeverWritten() {
		delete(ben).expectStatus().isNoContent();
	}

	@Test
	void returns403ForTheSeller() {
		write(anna, GOOD).expectStatus().isForbidden();
		assertThat(list().get("items")).isEmpty();
	}

	@Test
	void returns412ForAnotherVersion() {
		write(ben, GOOD);
		request(HttpMethod.PUT, mine(), ben).header(HttpHeaders.IF_MATCH, "\"7\"")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"stars\": 1}")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.PRECONDITION_FAILED);
		request(HttpMethod.DELETE, mine(), ben).header(HttpHeaders.IF_MATCH, "\"7\"")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.PRECONDITION_FAILED);
		assertThat(list().at("/items/0/stars").asInt()).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0SAX0RSKMBGW0", "nothing", "0sax0rskmbgw0", "0SAX0RSKMBGW0:0SAX0RSKMBGW0" })
	void returns404ForAnUnknownProduct(String id) {
		this.lamp = id;
		write(ben, GOOD).expectStatus().isNotFound();
		delete(ben).expectStatus().isNotFound();
		service.client().get().uri("/products/" + id + "/reviews").exchange().expectStatus().isNotFound();
	}

	@Test
	void returns401WithoutASessionAndForADeletedAccount() {
		service.client()
			.put()
			.uri(mine())
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(GOOD)
			.exchange()
			.expectStatus()
			.isUnauthorized();
		service.client().delete().uri(mine()).exchange().expectStatus().isUnauthorized();
		String carla = ids.next();
		TestProjections.deleteMember(service.bean(DocumentStore.class), carla, 2).block();
		write(service.identity(carla, "carla"), GOOD).expectStatus().isUnauthorized();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"stars":                       | body
			[]                              | body
			{}                              | stars
			{"stars": null}                 | stars
			{"stars": 0}                    | stars
			{"stars": 6}                    | stars
			{"stars": -1}                   | stars
			{"stars": 3.5}                  | stars
			{"stars": "5"}                  | stars
			{"stars": true}                 | stars
			{"stars": 1e99}                 | stars
			{"stars": 4294967301}           | stars
			{"stars": 5, "stars": 5}        | stars
			{"stars": 5, "text": 5}         | text
			{"stars": 5, "text": ""}        | text
			{"stars": 5, "text": " \\n "}   | text
			{"stars": 5, "text": "a\\u0000"} | text
			{"stars": 5, "text": "\\ud800"} | text
			{"stars": 5, "x": 1}            | x
			{"stars": 5, "author": {"id": "0SAX0RSKMBGW0"}} | author
			""")
	void returns400WithTheInvalidField(String body, String field) {
		assertRefused(write(ben, body), 400, field);
		assertThat(list().get("items")).isEmpty();
	}

	@Test
	void returns400ForATextOfMoreThan5000Characters() {
		String text = "{\"stars\": 5, \"text\": \"%s\"}";
		assertRefused(write(ben, text.formatted("x".repeat(5001))), 400, "text");
		write(ben, text.formatted("\uD83D\uDCA1".repeat(5000))).expectStatus().isCreated();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "limit=101,limit", "cursor=x,cursor" })
	void returns400WithTheInvalidParameter(String query, String field) {
		assertRefused(service.client().get().uri("/products/" + this.lamp + "/reviews?" + query).exchange(), 400,
				field);
	}

	private ResponseSpec write(String identity, String body) {
		return request(HttpMethod.PUT, mine(), identity).contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private ResponseSpec delete(String identity) {
		return request(HttpMethod.DELETE, mine(), identity).exchange();
	}

	private JsonNode list() {
		return service.client()
			.get()
			.uri("/products/" + this.lamp + "/reviews")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
	}

	private String mine() {
		return "/products/" + this.lamp + "/reviews/mine";
	}

	private static RequestBodySpec request(HttpMethod method, String path, String identity) {
		return service.client().method(method).uri(path).header(Identity.HEADER, identity);
	}

}
