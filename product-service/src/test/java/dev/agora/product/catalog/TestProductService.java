package dev.agora.product.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.ProductApplication;

/** The whole service on a free port, while Redis and Kafka are unavailable. */
final class TestProductService implements AutoCloseable {

	/** The seller of the tests' products. */
	static final String ANNA = "0SAX0RSKMBGW0";

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestCallers callers = TestCallers.of("product-service");

	private final ConfigurableApplicationContext service;

	private final WebTestClient client;

	TestProductService() throws IOException, JOSEException {
		this.service = SpringApplication.run(ProductApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(),
				"--agora.identity.jwks=" + this.callers.jwks(Files.createTempDirectory("product-service")),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF");
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.service.getEnvironment().getRequiredProperty("local.server.port"))
			.filter(new WholeResponses())
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	TestMongoServer mongo() {
		return this.mongo;
	}

	<T> T bean(Class<T> type) {
		return this.service.getBean(type);
	}

	ResponseSpec get(String path, Object... variables) {
		return this.client.get().uri(path, variables).exchange();
	}

	/** Creates a product of Anna's. */
	JsonNode create(String body) {
		return bodyOf(send(HttpMethod.POST, "/products", ANNA, body, null));
	}

	ResponseSpec replace(String id, @Nullable String ifMatch, String body) {
		return send(HttpMethod.PUT, "/products/" + id, ANNA, body, ifMatch);
	}

	ResponseSpec delete(String id, String memberId, @Nullable String ifMatch) {
		return send(HttpMethod.DELETE, "/products/" + id, memberId, "", ifMatch);
	}

	ResponseSpec send(HttpMethod method, String path, String memberId, String body, @Nullable String ifMatch) {
		return this.client.method(method).uri(path).headers((headers) -> {
			headers.set(Identity.HEADER, this.callers.identity(memberId, "anna"));
			headers.setContentType(MediaType.APPLICATION_JSON);
			headers.setAll((ifMatch != null) ? Map.of(IfMatch.HEADER, ifMatch) : Map.of());
		}).bodyValue(body).exchange();
	}

	static JsonNode bodyOf(ResponseSpec response) {
		return response.expectStatus().is2xxSuccessful().expectBody(JsonNode.class).returnResult().getResponseBody();
	}

	static String etagOf(ResponseSpec response) {
		EntityExchangeResult<byte[]> result = response.expectStatus().is2xxSuccessful().expectBody().returnResult();
		return String.valueOf(result.getResponseHeaders().getFirst(HttpHeaders.ETAG));
	}

	@Override
	public void close() {
		this.service.close();
		this.mongo.close();
	}

}
