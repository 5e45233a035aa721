package dev.agora.product.exports;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import dev.agora.platform.exports.ExportSource;
import dev.agora.platform.exports.ExportedRecords;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.testing.Shared;
import dev.agora.product.StartedProductService;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Shared.class)
class ExportedSourcesTests {

	private static final String BOB = "0SAX0RSKMBGX9";

	private static StartedProductService service;

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of("find jobs by $or, removedAt, value.owner, value.state",
				"an import counts those that wait", "find jobs by $or, removedAt, value.owner",
				"a list queries all shards, by an index", "find products by removedAt, value.seller.id",
				"an export reads the products of a seller, by an index", "find reviews by removedAt, value.author.id",
				"an export reads the reviews of an author, by an index", "aggregate jobs by value.owner, value.state",
				"the open jobs of one owner are counted"));
	}

	@Test
	void exportsProductsWithTheirExactPrices() {
		String id = StartedProductService.idOf(service.send(HttpMethod.POST, "/products", BOB,
				StartedProductService.LAMP.replace("12.5", "12.10"), null));
		service.create(StartedProductService.LAMP);
		assertThat(records().list("product", BOB)).singleElement().satisfies((product) -> {
			assertThat(product.path("id").asString()).isEqualTo(id);
			assertThat(product.at("/price/amount").asString()).startsWith("12.1");
			assertThat(product.at("/seller/id").asString()).isEqualTo(BOB);
		});
		service.delete(id, BOB, null).expectStatus().isNoContent();
		assertThat(records().list("product", BOB)).isEmpty();
	}

	@Test
	void exportsReviewsAndThatOneWasDeleted() {
		String product = service.create(StartedProductService.LAMP).path("id").asString();
		String path = "/products/" + product + "/reviews/mine";
		service.send(HttpMethod.PUT, path, BOB, "{\"stars\": 4, \"text\": \"Bright.\"}", null)
			.expectStatus()
			.is2xxSuccessful();
		assertThat(reviewOf(product).path("text").asString()).isEqualTo("Bright.");
		service.send(HttpMethod.DELETE, path, BOB, "", null).expectStatus().isNoContent();
		JsonNode deleted = reviewOf(product);
		assertThat(deleted.path("deleted").asBoolean()).isTrue();
		assertThat(deleted.path("stars").isNull()).isTrue();
	}

	@Test
	void exportsJobsWithTheirResults() {
		service.client()
			.post()
			.uri("/products/imports")
			.header(Identity.HEADER, service.identity(BOB, "bob"))
			.contentType(MediaType.parseMediaType("text/csv"))
			.bodyValue("title\nLamp\n")
			.exchange()
			.expectStatus()
			.isAccepted();
		assertThat(records().list("job", BOB)).singleElement().satisfies((job) -> {
			assertThat(job.path("kind").asString()).isEqualTo("import-products");
			assertThat(job.path("state").asString()).isEqualTo("QUEUED");
		});
	}

	private static JsonNode reviewOf(String product) {
		return records().list("review", BOB)
			.stream()
			.filter((review) -> review.path("product").asString().equals(product))
			.findFirst()
			.orElseThrow();
	}

	private static ExportedRecords records() {
		return new ExportedRecords(service.context().getBeansOfType(ExportSource.class).values(),
				service.bean(JsonMapper.class));
	}

}
