package dev.agora.product.view;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.product.ProductApplication;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;

import static org.assertj.core.api.Assertions.assertThat;

/** Views products of the whole service while Kafka is unavailable. */
class ViewFilterTests {

	private static final int POLLS = 1200;

	@Test
	void countsWholeResponsesOnly(@TempDir Path directory) throws Exception {
		TestCallers callers = TestCallers.of("product-service");
		try (TestMongoServer mongo = new TestMongoServer();
				TestRedisServer redis = TestRedisServer.started();
				ConfigurableApplicationContext service = SpringApplication.run(ProductApplication.class,
						"--server.port=0", "--management.server.port=0", "--agora.mongodb.uri=" + mongo.uri(),
						"--agora.identity.jwks=" + callers.jwks(directory), "--agora.redis.address=" + redis.address(),
						"--agora.redis.command-timeout=30s", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
						"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.views.interval=50ms",
						"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF")) {
			Products products = service.getBean(Products.class);
			String id = publish(products, service.getBean(IdGenerator.class).next());
			view(id, WholeResponses
				.client("http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port")));
			long views = Mono.defer(() -> products.find(id))
				.map(Stored::tally)
				.filter((tally) -> tally >= 2)
				.repeatWhenEmpty(POLLS, (empty) -> empty.delayElements(Duration.ofMillis(50)))
				.block();
			assertThat(views).isEqualTo(2);
		}
	}

	private static void view(String id, WebTestClient client) {
		String path = "/products/" + id;
		String tag = client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getETag();
		client.get().uri(path).header(HttpHeaders.IF_NONE_MATCH, tag).exchange().expectStatus().isNotModified();
		client.head().uri(path).exchange().expectStatus().isOk();
		client.get().uri("/products").exchange().expectStatus().isOk();
		client.get().uri(path + "/reviews").exchange().expectStatus().isOk();
		client.get().uri("/products/0SAX0RSKMBGW0").exchange().expectStatus().isNotFound();
		client.get().uri(path).exchange().expectStatus().isOk();
	}

	private static String publish(Products products, String id) {
		Product product = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(),
				null, new Seller("0SAX0RSKMBGW0", "seller", "Seller", 1), 1);
		return products.add(id, product.publish(Instant.EPOCH), Optional.empty()).block().id();
	}

}
