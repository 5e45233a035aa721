package dev.agora.product.catalog;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.Shared;
import dev.agora.platform.testing.TestProjections;
import dev.agora.product.StartedProductService;

import static dev.agora.product.StartedProductService.LAMP;
import static dev.agora.product.StartedProductService.assertRefused;
import static dev.agora.product.StartedProductService.etagOf;
import static dev.agora.product.StartedProductService.idOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Creates and reads products. */
@ExtendWith(Shared.class)
class ProductControllerTests {

	private static StartedProductService service;

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of("find products by removedAt, value.tags", "a list queries all shards, by an index"));
	}

	@Test
	void returns201WithTheProductAndItsLocation() {
		EntityExchangeResult<JsonNode> response = service.create(LAMP, "answers")
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueMatches(HttpHeaders.ETAG, "\"1\\.[0-9a-f]{16}\"")
			.expectBody(JsonNode.class)
			.returnResult();
		String id = response.getResponseBody().get("id").asString();
		assertThat(response.getResponseHeaders().getLocation()).hasToString("/api/v1/products/" + id);
		assertThat(response.getResponseBody().at("/seller/handle").asString()).isEqualTo("anna");
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void returnsAProductToAnonymousCallersAnd304ForItsEntityTag(String consistency) {
		EntityExchangeResult<byte[]> created = service.create(LAMP, "shows").expectBody().returnResult();
		String id = idOf(service.create(LAMP, "shows"));
		String tag = created.getResponseHeaders().getETag();
		EntityExchangeResult<byte[]> shown = get(id, consistency, null).expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.returnResult();
		assertThat(shown.getResponseBody()).isEqualTo(created.getResponseBody());
		assertThat(shown.getResponseHeaders().getETag()).isEqualTo(tag);
		assertThat(shown.getResponseHeaders().getContentLength()).isEqualTo(shown.getResponseBody().length);
		get(id, consistency, tag).expectStatus().isNotModified().expectHeader().valueEquals(HttpHeaders.ETAG, tag);
		get(id, consistency, "\"1\"").expectStatus().isOk();
	}

	@Test
	void viewsLeaveTheEntityTagAsItIs() {
		String tag = etagOf(service.create(LAMP, "viewed"));
		String id = idOf(service.create(LAMP, "viewed"));
		service.bean(Products.class).addViews("batch", Map.of(id, 3L)).block();
		get(id, "strong", null).expectHeader()
			.valueEquals(HttpHeaders.ETAG, tag)
			.expectBody()
			.jsonPath("$.views")
			.isEqualTo(3);
		get(id, "strong", tag).expectStatus().isNotModified();
	}

	@Test
	void findsATagInAnyUnicodeForm() {
		String id = idOf(
				service.create(LAMP.replace("}, \"stock\"", "}, \"tags\": [\"cafe\\u0301\"], \"stock\""), "typed"));
		for (String tag : List.of("caf%C3%A9", "cafe%CC%81")) {
			service.client()
				.get()
				.uri(service.uri("/products?tag=" + tag))
				.exchange()
				.expectBody()
				.jsonPath("$.items[0].id")
				.isEqualTo(id);
		}
		assertRefused(service.client().get().uri(service.uri("/products?tag=a%0Fb")).exchange(), 400, "tag");
	}

	@Test
	void showsTheNewestNameOfTheSeller() {
		String id = new IdGenerator(Clock.systemUTC()).next();
		TestProjections.upsertMember(service.bean(DocumentStore.class), new MemberCard(id, "berta", "Berta B."), 2)
			.block();
		service.createAs(service.identity(id, "berta"), LAMP, "newest")
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.seller.name")
			.isEqualTo("Berta B.");
	}

	@Test
	void negotiatesReadsFromTheCacheAsTheControllerDoes() {
		EntityExchangeResult<byte[]> created = service.create(LAMP, "negotiates").expectBody().returnResult();
		String path = "/products/" + idOf(service.create(LAMP, "negotiates"));
		service.client()
			.head()
			.uri(path)
			.exchange()
			.expectHeader()
			.contentLength(created.getResponseBody().length)
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, created.getResponseHeaders().getETag())
			.expectBody()
			.isEmpty();
		service.client()
			.get()
			.uri(path)
			.header(HttpHeaders.IF_NONE_MATCH, "*")
			.exchange()
			.expectStatus()
			.isNotModified();
		service.client()
			.get()
			.uri(path)
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertRefused(service.client().get().uri(path).header("Consistency", "none").exchange(), 400, "Consistency");
	}

	private static ResponseSpec get(String id, String consistency, @Nullable String tag) {
		return service.client()
			.get()
			.uri("/products/" + id)
			.header("Consistency", consistency)
			.headers((headers) -> headers.setIfNoneMatch((tag != null) ? List.of(tag) : List.of()))
			.exchange();
	}

}
