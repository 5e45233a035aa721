package dev.agora.product.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.Idempotency;
import dev.agora.product.ProductApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls the whole service while Redis and Kafka are unavailable. */
class ProductControllerTests {

	private static final String LAMP = """
			{"title": "Lamp", "category": "home", "price": {"amount": 12.5, "currency": "EUR"}, "stock": 4}""";

	private static final String LIST = "a list queries all shards, each by an index";

	private static final Map<String, String> BROADCASTS = Map.of("find products by removedAt", LIST,
			"find products by _id, removedAt", LIST, "find products by removedAt, value.tags", LIST);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private static String base = "";

	private static TestCallers callers;

	private static String anna;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		callers = TestCallers.of("product-service");
		service = SpringApplication.run(ProductApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		base = "http://127.0.0.1:" + port;
		client = WebTestClient.bindToServer()
			.responseTimeout(Duration.ofMinutes(1))
			.baseUrl(base)
			.filter(new WholeResponses())
			.build();
		anna = callers.identity("0SAX0RSKMBGW0", "anna");
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.commands().requireTargeted(BROADCASTS);
		mongo.commands().requireIndexed(Map.of());
		mongo.close();
	}

	@Test
	void returns201WithTheProductAndItsLocation() {
		EntityExchangeResult<JsonNode> response = create(LAMP, "answers").expectStatus()
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
		EntityExchangeResult<byte[]> created = create(LAMP, "shows").expectBody().returnResult();
		String id = idOf(create(LAMP, "shows"));
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
	void returnsTheSameProductForARepeatedRequest() {
		assertThat(idOf(create(LAMP, "same"))).isEqualTo(idOf(create(LAMP, "same")));
		create(LAMP.replace("Lamp", "Bike"), "same").expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
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
			{"title": "a", "title": "a"} | title
			{"price": {"amount": 1, "amount": 1}} | price.amount
			{"attributes": {"e\\u0301": "a", "\\u00e9": "b"}} | attributes
			""")
	void returns400WithTheFieldThatCannotBeRead(String body, String field) {
		assertRefused(create(body, "bad"), 400, field);
	}

	@Test
	void returns422WhenAKeyIsRepeatedWithAnotherBody() {
		String tags = LAMP.replace("}, \"stock\"", "}, \"tags\": %s, \"stock\"");
		create(tags.formatted("[\"a, b\"]"), "tags").expectStatus().isCreated();
		create(tags.formatted("[\"a\", \"b\"]"), "tags").expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		String attributes = LAMP.replace("}, \"stock\"", "}, \"attributes\": %s, \"stock\"");
		create(attributes.formatted("{\"x\": \"1, y=2\"}"), "attributes").expectStatus().isCreated();
		create(attributes.formatted("{\"x\": \"1\", \"y\": \"2\"}"), "attributes").expectStatus()
			.isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		String text = LAMP.replace("}, \"stock\"", "}, \"description\": %s, \"stock\"");
		create(text.formatted("null"), "null").expectStatus().isCreated();
		create(text.formatted("\"null\""), "null").expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					{"title": "Lamp", "category": "home", "price": {"amount": 12.50, "currency": "EUR"}, "stock": 4.0}
					{"stock": 4e0, "price": {"currency": "EUR", "amount": 1.25e1}, "category": "home", "title": "Lamp"}
					{"title": "Lamp", "category": "home", "price": {"amount": 12.500, "currency": "EUR"}, "stock": 4, "tags": null}
					""")
	void returnsTheSameProductForAnEquivalentBody(String body) {
		assertThat(idOf(create(body, "otherwise"))).isEqualTo(idOf(create(LAMP, "otherwise")));
	}

	@Test
	void findsATagInAnyUnicodeForm() {
		String id = idOf(create(LAMP.replace("}, \"stock\"", "}, \"tags\": [\"cafe\\u0301\"], \"stock\""), "typed"));
		for (String tag : List.of("caf%C3%A9", "cafe%CC%81")) {
			client.get()
				.uri(URI.create(base + "/products?tag=" + tag))
				.exchange()
				.expectBody()
				.jsonPath("$.items[0].id")
				.isEqualTo(id);
		}
		assertRefused(client.get().uri(URI.create(base + "/products?tag=a%0Fb")).exchange(), 400, "tag");
	}

	@Test
	void writesNothingWhenItRefusesARequest() {
		int before = count();
		client.post()
			.uri("/products")
			.header(Identity.HEADER, anna)
			.accept(MediaType.APPLICATION_XML)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(LAMP)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertRefused(create(LAMP.replace("EUR", "JPY"), "decimals"), 400, "price.amount");
		assertRefused(create(LAMP.replace("EUR", "ZZZ"), "unknown"), 400, "price.currency");
		assertRefused(create(LAMP.replace("EUR", "XXX"), "none"), 400, "price.currency");
		assertThat(count()).isEqualTo(before);
	}

	@Test
	void returns401WithoutASession() {
		client.post()
			.uri("/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void showsTheNewestNameOfTheSeller() {
		String id = new IdGenerator(Clock.systemUTC()).next();
		TestProjections.upsertMember(service.getBean(DocumentStore.class), new MemberCard(id, "berta", "Berta B."), 2)
			.block();
		createAs(callers.identity(id, "berta"), LAMP, "newest").expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.seller.name")
			.isEqualTo("Berta B.");
	}

	@Test
	void returns401WhenTheCallersAccountIsDeleted() {
		String id = new IdGenerator(Clock.systemUTC()).next();
		TestProjections.deleteMember(service.getBean(DocumentStore.class), id, 2).block();
		int before = count();
		createAs(callers.identity(id, "carla"), LAMP, "late").expectStatus().isUnauthorized();
		assertThat(count()).isEqualTo(before);
	}

	@Test
	void negotiatesReadsFromTheCacheAsTheControllerDoes() {
		EntityExchangeResult<byte[]> created = create(LAMP, "negotiates").expectBody().returnResult();
		String path = "/products/" + idOf(create(LAMP, "negotiates"));
		client.head()
			.uri(path)
			.exchange()
			.expectHeader()
			.contentLength(created.getResponseBody().length)
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, created.getResponseHeaders().getETag())
			.expectBody()
			.isEmpty();
		client.get().uri(path).header(HttpHeaders.IF_NONE_MATCH, "*").exchange().expectStatus().isNotModified();
		client.get()
			.uri(path)
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertRefused(client.get().uri(path).header("Consistency", "none").exchange(), 400, "Consistency");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0SAX0RSKMBGW0", "nothing", "0sax0rskmbgw0" })
	void returns404ForAnUnknownProduct(String id) {
		client.get().uri("/products/" + id).exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "cursor=0SAX0RSKMBGW0,cursor", "sort=oldest,sort", "seller=anna,seller" })
	void returns400WithTheInvalidParameter(String query, String field) {
		assertRefused(client.get().uri("/products?" + query).exchange(), 400, field);
	}

	private static void assertRefused(ResponseSpec response, int status, String field) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	private static ResponseSpec get(String id, String consistency, @Nullable String tag) {
		return client.get()
			.uri("/products/" + id)
			.header("Consistency", consistency)
			.headers((headers) -> headers.setIfNoneMatch((tag != null) ? List.of(tag) : List.of()))
			.exchange();
	}

	private static ResponseSpec create(String body, String key) {
		return createAs(anna, body, key);
	}

	private static ResponseSpec createAs(String identity, String body, String key) {
		return client.post()
			.uri("/products")
			.header(Identity.HEADER, identity)
			.header(Idempotency.HEADER, key)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private static String idOf(ResponseSpec response) {
		return response.expectBody(JsonNode.class).returnResult().getResponseBody().get("id").asString();
	}

	private static int count() {
		return client.get()
			.uri("/products?limit=100")
			.exchange()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody()
			.get("items")
			.size();
	}

}
