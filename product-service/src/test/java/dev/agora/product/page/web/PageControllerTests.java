package dev.agora.product.page.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;

import com.nimbusds.jose.JOSEException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.product.ProductApplication;
import dev.agora.product.page.build.ListPages;
import dev.agora.product.page.build.ProductPages;
import dev.agora.product.page.render.Stylesheet;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the pages of the whole service while Redis and Kafka are unavailable. */
class PageControllerTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private static String anna;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		TestCallers callers = TestCallers.of("product-service");
		service = SpringApplication.run(ProductApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		// This connector neither asks for compressed responses nor unpacks them.
		client = WebTestClient.bindToServer(new ReactorClientHttpConnector(HttpClient.create().compress(false)))
			.baseUrl("http://127.0.0.1:" + port)
			.filter(new WholeResponses())
			.build();
		anna = callers.identity("0SAX0RSKMBGW0", "anna");
		TestProjections
			.upsertMember(service.getBean(DocumentStore.class), new MemberCard("0SAX0RSKMBGW0", "anna", "Anna"), 1)
			.block();
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.close();
	}

	@Test
	void servesAProductsPageFromItsFirstRequestOn() {
		String id = create("Lamp", "home");
		EntityExchangeResult<String> page = get("/pages/products/" + id, HttpStatus.OK);
		HttpHeaders headers = page.getResponseHeaders();
		assertThat(page.getResponseBody()).contains("Lamp");
		assertThat(headers.getETag()).matches("\"[0-9a-f]{32}\"");
		assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("text/html;charset=utf-8");
		assertThat(headers.getCacheControl())
			.isEqualTo("max-age=30, public, s-maxage=60, stale-if-error=86400, stale-while-revalidate=300");
		assertThat(headers.getFirst("Content-Security-Policy")).startsWith("default-src 'none'; style-src 'self'")
			.endsWith("frame-ancestors 'none'");
		assertThat(headers.getVary()).containsExactly(HttpHeaders.ACCEPT_ENCODING);
	}

	@Test
	void returns304ForTheEntityTagOfEitherForm() {
		String path = "/pages/products/" + create("Lamp", "home");
		String etag = get(path, HttpStatus.OK).getResponseHeaders().getETag();
		for (String coding : new String[] { "gzip", "identity" }) {
			HttpHeaders headers = client.get()
				.uri(path)
				.header(HttpHeaders.ACCEPT_ENCODING, coding)
				.header(HttpHeaders.IF_NONE_MATCH, etag)
				.exchange()
				.expectStatus()
				.isNotModified()
				.expectBody()
				.isEmpty()
				.getResponseHeaders();
			assertThat(headers.getETag()).isEqualTo(etag);
			assertThat(headers.getCacheControl()).contains("s-maxage");
		}
	}

	@Test
	void sendsTheCompressedFormToClientsThatAcceptIt() throws IOException {
		String path = "/pages/products/" + create("Lamp", "home");
		EntityExchangeResult<byte[]> response = client.get()
			.uri(path)
			.header(HttpHeaders.ACCEPT_ENCODING, "br, gzip")
			.exchange()
			.expectHeader()
			.valueEquals(HttpHeaders.CONTENT_ENCODING, "gzip")
			.expectBody()
			.returnResult();
		byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.getResponseBody())).readAllBytes();
		assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(get(path, HttpStatus.OK).getResponseBody());
		client.head()
			.uri(path)
			.header(HttpHeaders.ACCEPT_ENCODING, "gzip")
			.exchange()
			.expectHeader()
			.contentLength(response.getResponseBody().length)
			.expectBody()
			.isEmpty();
	}

	@Test
	void returns404ForUnknownPagesAnd410ForRemovedProducts() {
		for (String path : new String[] { "/pages/products/0SAX0RSKMBGW9", "/pages/products/x",
				"/pages/categories/none", "/pages/categories/UPPER" }) {
			assertThat(get(path, HttpStatus.NOT_FOUND).getResponseBody()).contains("Page not found");
		}
		String id = create("Lamp", "home");
		get("/pages/products/" + id, HttpStatus.OK);
		service.getBean(ProductPages.class).remove(id, 2).block();
		EntityExchangeResult<String> removed = get("/pages/products/" + id, HttpStatus.GONE);
		assertThat(removed.getResponseBody()).contains("Product removed");
		assertThat(removed.getResponseHeaders().getETag()).isNull();
	}

	@Test
	void servesAPageThatWasMissingOnceItExists() {
		assertThat(get("/pages/categories/hammocks", HttpStatus.NOT_FOUND).getResponseHeaders().getCacheControl())
			.isEqualTo("max-age=10, public");
		get("/pages/products/" + create("A hammock", "hammocks"), HttpStatus.OK);
		Awaitility.await("the page of the category")
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> get("/pages/categories/hammocks", HttpStatus.OK));
	}

	@Test
	void returns410ToAClientThatHasThePageOfARemovedProduct() {
		String id = create("Lamp", "home");
		String etag = get("/pages/products/" + id, HttpStatus.OK).getResponseHeaders().getETag();
		service.getBean(ProductPages.class).remove(id, 2).block();
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
			client.method(method)
				.uri("/pages/products/" + id)
				.header(HttpHeaders.IF_NONE_MATCH, etag)
				.exchange()
				.expectStatus()
				.isEqualTo(HttpStatus.GONE)
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "max-age=10, public");
		}
	}

	@Test
	void servesCategoriesTrendingProductsAndTheSitemap() {
		String id = create("A bed", "beds");
		get("/pages/products/" + id, HttpStatus.OK);
		assertThat(get("/pages/categories/beds", HttpStatus.OK).getResponseBody()).contains("/pages/products/" + id);
		service.getBean(ListPages.class).buildTrending().block();
		assertThat(get("/pages/trending", HttpStatus.OK).getResponseBody()).contains("<h1>Trending</h1>");
		EntityExchangeResult<String> sitemap = Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> client.get().uri("/pages/sitemap.xml").exchange().expectBody(String.class).returnResult(),
					(result) -> result.getStatus() == HttpStatus.OK);
		assertThat(sitemap.getResponseHeaders().getContentType())
			.isEqualTo(MediaType.parseMediaType("application/xml;charset=utf-8"));
		assertThat(sitemap.getResponseBody()).contains("<loc>http://127.0.0.1:8080/pages/sitemaps/1.xml</loc>");
		assertThat(get("/pages/sitemaps/1.xml", HttpStatus.OK).getResponseBody())
			.contains("<loc>http://127.0.0.1:8080/pages/products/" + id + "</loc>");
	}

	@Test
	void servesTheStylesheetForEverAndToPagesOfAnotherBuild() {
		HttpHeaders current = get(service.getBean(Stylesheet.class).path(), HttpStatus.OK).getResponseHeaders();
		assertThat(current.getCacheControl()).isEqualTo("max-age=31536000, public, immutable");
		EntityExchangeResult<String> other = get("/pages/assets/0000000000000000/page.css", HttpStatus.OK);
		assertThat(other.getResponseHeaders().getCacheControl()).isEqualTo("max-age=10, public");
		assertThat(other.getResponseHeaders().getETag()).isEqualTo(current.getETag());
	}

	private static EntityExchangeResult<String> get(String path, HttpStatus status) {
		return client.get()
			.uri(path)
			.header(HttpHeaders.ACCEPT_ENCODING, "identity")
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult();
	}

	private static String create(String title, String category) {
		String body = """
				{"title": "%s", "category": "%s", "price": {"amount": 12.5, "currency": "EUR"}, "stock": 4}"""
			.formatted(title, category);
		return client.post()
			.uri("/products")
			.header(Identity.HEADER, anna)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody()
			.get("id")
			.asString();
	}

}
