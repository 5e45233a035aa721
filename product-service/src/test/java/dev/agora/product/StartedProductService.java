package dev.agora.product;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.testing.SharedContext;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.conditional.IfMatch;

/** The whole service on a free port, while Redis and Kafka are unavailable. */
public final class StartedProductService implements AutoCloseable {

	/** The seller of the tests' products. */
	public static final String ANNA = "0SAX0RSKMBGW0";

	/** A product as its seller sends it. */
	public static final String LAMP = """
			{"title": "Lamp", "category": "home", "price": {"amount": 12.5, "currency": "EUR"}, "stock": 4}""";

	/** Why a command of a test itself may go to all shards, and scan. */
	public static final String COUNT = "a test counts the documents of a collection";

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestCallers callers = TestCallers.of("product-service");

	private final ConfigurableApplicationContext context;

	private final String address;

	private final WebTestClient client;

	StartedProductService() throws IOException, JOSEException {
		this.context = SharedContext.start(ProductApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(),
				"--agora.identity.jwks=" + this.callers.jwks(Files.createTempDirectory("product-service")),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.imports.max-upload=1MB",
				"--agora.imports.max-waiting=3", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		this.address = "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
		this.client = WholeResponses.client(this.address);
	}

	@Override
	public void close() {
		this.context.close();
		this.mongo.close();
	}

	/** Begins the tests of a class, whose commands are checked on their own. */
	public StartedProductService begin() {
		this.mongo.commands().forget();
		return this;
	}

	/**
	 * Checks the commands of a class.
	 * @param broadcasts those that may go to all shards, each with the reason; only those
	 * of {@link #COUNT} may scan a collection
	 */
	public void check(Map<String, String> broadcasts) {
		this.mongo.commands().requireTargeted(broadcasts);
		Map<String, String> counts = new HashMap<>(broadcasts);
		counts.values().removeIf((reason) -> !reason.equals(COUNT));
		this.mongo.commands().requireIndexed(counts);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public WebTestClient client() {
		return this.client;
	}

	/** The address of a path whose escapes are sent as they are. */
	public URI uri(String path) {
		return URI.create(this.address + path);
	}

	/** The identity that a member sends. */
	public String identity(String memberId, String handle) {
		return this.callers.identity(memberId, handle);
	}

	/** The number of documents of a collection. */
	public long count(String collection) {
		return Objects.requireNonNull(
				Mono.from(bean(MongoDatabase.class).getCollection(collection, BsonDocument.class).countDocuments())
					.block());
	}

	public ResponseSpec get(String path, Object... variables) {
		return this.client.get().uri(path, variables).exchange();
	}

	/** Creates a product of Anna's. */
	public JsonNode create(String body) {
		return bodyOf(send(HttpMethod.POST, "/products", ANNA, body, null));
	}

	public ResponseSpec create(String body, String key) {
		return createAs(identity(ANNA, "anna"), body, key);
	}

	/** Creates a product with an idempotency key. */
	public ResponseSpec createAs(String identity, String body, String key) {
		return this.client.post()
			.uri("/products")
			.header(Identity.HEADER, identity)
			.header(Idempotency.HEADER, key)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	public ResponseSpec replace(String id, @Nullable String ifMatch, String body) {
		return send(HttpMethod.PUT, "/products/" + id, ANNA, body, ifMatch);
	}

	public ResponseSpec delete(String id, String memberId, @Nullable String ifMatch) {
		return send(HttpMethod.DELETE, "/products/" + id, memberId, "", ifMatch);
	}

	public ResponseSpec send(HttpMethod method, String path, String memberId, String body, @Nullable String ifMatch) {
		return this.client.method(method).uri(path).headers((headers) -> {
			headers.set(Identity.HEADER, identity(memberId, "anna"));
			headers.setContentType(MediaType.APPLICATION_JSON);
			headers.setAll((ifMatch != null) ? Map.of(IfMatch.HEADER, ifMatch) : Map.of());
		}).bodyValue(body).exchange();
	}

	public static JsonNode bodyOf(ResponseSpec response) {
		return response.expectStatus().is2xxSuccessful().expectBody(JsonNode.class).returnResult().getResponseBody();
	}

	public static String idOf(ResponseSpec response) {
		return bodyOf(response).get("id").asString();
	}

	public static String etagOf(ResponseSpec response) {
		EntityExchangeResult<byte[]> result = response.expectStatus().is2xxSuccessful().expectBody().returnResult();
		return String.valueOf(result.getResponseHeaders().getFirst(HttpHeaders.ETAG));
	}

	/** Asserts that a request was refused because of one field. */
	public static void assertRefused(ResponseSpec response, int status, String field) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

}
