package dev.agora.product.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.Shared;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.product.StartedProductService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Replaces and deletes products. */
@ExtendWith(Shared.class)
class ChangedProductControllerTests {

	private static final String BERTA = "0SAX0RSKMBGW1";

	private static final String LAMP = """
			{"title": "Lamp", "category": "home", "price": {"amount": 12.5, "currency": "EUR"}, "stock": 4,
			 "tags": ["red"], "description": "Bright."}""";

	private static final String LANTERN = """
			{"title": "Lantern", "category": "garden", "price": {"amount": 9, "currency": "USD"}, "stock": 0}""";

	private static StartedProductService service;

	private final String id = service.create(LAMP).get("id").asString();

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of());
	}

	@Test
	void returnsTheReplacedProductWithItsEntityTag() {
		JsonNode replaced = StartedProductService.bodyOf(service.replace(this.id, etag(), LANTERN));
		assertThat(replaced.at("/title").asString()).isEqualTo("Lantern");
		assertThat(replaced.at("/description").isNull()).isTrue();
		assertThat(replaced.at("/tags").isEmpty()).isTrue();
		assertThat(replaced.at("/seller/id").asString()).isEqualTo(StartedProductService.ANNA);
		assertThat(replaced.at("/edition").asLong()).isEqualTo(2);
		assertThat(StartedProductService.bodyOf(service.get("/products/" + this.id))).isEqualTo(replaced);
		assertThat(etag()).startsWith("\"2.");
	}

	@Test
	void theCacheListenerWaitsForRedis() {
		ProductEvent event = new ProductEvent.Delisted(StartedProductService.ANNA, Instant.EPOCH);
		Mono<Void> applied = service.bean(ProductCacheListener.class)
			.apply(TestEvents.received(this.id, 2, Instant.EPOCH, event));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(applied::block);
	}

	@Test
	void returns428WithoutIfMatch() {
		service.replace(this.id, null, LANTERN).expectStatus().isEqualTo(428);
		assertUnchanged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"2.1\"", "\"0\"", "\"x\"", "W/\"1.1\"" })
	void returns412ForAnotherEdition(String tag) {
		service.replace(this.id, tag, LANTERN).expectStatus().isEqualTo(412);
		service.delete(this.id, StartedProductService.ANNA, tag).expectStatus().isEqualTo(412);
		assertUnchanged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.1", "\"1.1", "" })
	void returns400ForAnIfMatchWithoutATag(String header) {
		service.replace(this.id, header, LANTERN).expectStatus().isBadRequest();
		service.delete(this.id, StartedProductService.ANNA, header).expectStatus().isBadRequest();
		assertUnchanged();
	}

	@Test
	void returns412ForARepeatedChange() {
		String first = etag();
		service.replace(this.id, first, LANTERN).expectStatus().isOk();
		service.replace(this.id, first, LANTERN).expectStatus().isEqualTo(412);
	}

	@Test
	void returns403ToOtherMembers() {
		service.send(HttpMethod.PUT, "/products/" + this.id, BERTA, LANTERN, "*").expectStatus().isForbidden();
		service.delete(this.id, BERTA, null).expectStatus().isForbidden();
		assertUnchanged();
	}

	@Test
	void publishesNothingForTheSameFields() {
		String reordered = """
				{"stock": 4.0, "description": "Bright.", "price": {"currency": "EUR", "amount": 12.500},
				 "category": "home", "tags": ["red", "red"], "title": "Lamp", "attributes": {}, "imageUrl": null}""";
		JsonNode same = StartedProductService.bodyOf(service.replace(this.id, etag(), reordered));
		assertThat(same.get("version").asLong()).isEqualTo(1);
		assertUnchanged();
		assertThat(events()).containsExactly("product.listed");
	}

	@Test
	void publishesEachChange() {
		service.replace(this.id, "*", LAMP.replace("12.5", "13")).expectStatus().isOk();
		service.replace(this.id, "*", LAMP.replace("12.5", "13").replace("Lamp", "A lamp")).expectStatus().isOk();
		service.replace(this.id, "*", LAMP.replace("12.5", "13").replace("Lamp", "A lamp").replace("4", "5"))
			.expectStatus()
			.isOk();
		service.delete(this.id, StartedProductService.ANNA, etag()).expectStatus().isNoContent();
		assertThat(events()).containsExactly("product.listed", "product.repriced", "product.retitled",
				"product.revised", "product.delisted");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "\"1.1\"", "*" })
	void deletesAProductForItsSeller(@Nullable String ifMatch) {
		service.delete(this.id, StartedProductService.ANNA, ifMatch).expectStatus().isNoContent();
		service.delete(this.id, StartedProductService.ANNA, ifMatch).expectStatus().isNoContent();
		service.delete(this.id, BERTA, ifMatch).expectStatus().isNotFound();
		service.get("/products/" + this.id).expectStatus().isNotFound();
		service.replace(this.id, "*", LANTERN).expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0SAX0RSKMBGW0", "nothing", "0sax0rskmbgw0" })
	void returns404ForAnUnknownProduct(String unknown) {
		service.replace(unknown, "*", LANTERN).expectStatus().isNotFound();
		service.delete(unknown, StartedProductService.ANNA, null).expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					{"title":                        | body
					{"title": "Lamp", "id": "1"}     | id
					{"title": "Lamp"}                | category
					{"title": "a", "title": "a"}     | title
					{"price": {"amount": 1.5, "currency": "JPY"}, "title": "Lamp", "category": "home", "stock": 1} | price.amount
					{"price": {"amount": 1.5, "currency": "EUR"}, "title": "Lamp", "category": "home", "stock": -1} | stock
					""")
	void returns400WithTheInvalidField(String body, String field) {
		service.replace(this.id, "*", body)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
		assertUnchanged();
	}

	@Test
	void sellsNoItemTwiceWhenChangedConcurrently() {
		int items = 12;
		service.replace(this.id, "*", stocked(items)).expectStatus().isOk();
		List<Integer> left = Flux.range(0, items)
			.flatMap((number) -> Mono.fromCallable(this::sellOne).subscribeOn(Schedulers.boundedElastic()), 4)
			.collectList()
			.block();
		assertThat(left).containsExactlyInAnyOrderElementsOf(IntStream.range(0, items).boxed().toList());
		assertThat(stock()).isZero();
		service.replace(this.id, "*", stocked(-1)).expectStatus().isBadRequest();
	}

	/** Repeats the change until no other change comes between; returns the items left. */
	private int sellOne() {
		while (true) {
			EntityExchangeResult<JsonNode> read = service.get("/products/" + this.id)
				.expectBody(JsonNode.class)
				.returnResult();
			int left = read.getResponseBody().get("stock").asInt() - 1;
			String etag = read.getResponseHeaders().getFirst(HttpHeaders.ETAG);
			HttpStatusCode status = service.replace(this.id, etag, stocked(left))
				.expectBody()
				.returnResult()
				.getStatus();
			if (status.is2xxSuccessful()) {
				return left;
			}
			assertThat(status.value()).isEqualTo(412);
		}
	}

	private static String stocked(int items) {
		return LAMP.replace("\"stock\": 4", "\"stock\": " + items);
	}

	private int stock() {
		return StartedProductService.bodyOf(service.get("/products/" + this.id)).get("stock").asInt();
	}

	private void assertUnchanged() {
		JsonNode product = StartedProductService.bodyOf(service.get("/products/" + this.id));
		assertThat(product.at("/title").asString()).isEqualTo("Lamp");
		assertThat(product.at("/version").asLong()).isEqualTo(1);
	}

	private List<String> events() {
		return TestMongoServer.events(service.bean(DocumentStore.class), this.id);
	}

	private String etag() {
		return StartedProductService.etagOf(service.get("/products/" + this.id));
	}

}
