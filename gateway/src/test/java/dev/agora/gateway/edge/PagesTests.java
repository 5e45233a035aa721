package dev.agora.gateway.edge;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages, which services render and compress ahead of time, pass the gateway unchanged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTests {

	private static final byte[] COMPRESSED = { 31, -117, 1, 2, 3 };

	private static final String CACHE_CONTROL = "max-age=30, public, s-maxage=60";

	private final DisposableServer products = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(PagesTests::response)
		.bindNow();

	private final TestGateway gateway = TestGateway
		.with("agora.clones.product-service=http://127.0.0.1:" + this.products.port());

	private final String address = "http://127.0.0.1:" + this.gateway.port();

	private final WebTestClient client = WebTestClient.bindToServer(new ReactorClientHttpConnector(HttpClient.create()))
		.build();

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.disposeNow();
	}

	@Test
	void passTheGatewayUnchanged() {
		EntityExchangeResult<byte[]> page = get("/pages/trending", "Accept-Encoding", "gzip", "Cookie", "theme=dark");
		assertThat(page.getResponseBody()).isEqualTo(COMPRESSED);
		HttpHeaders headers = page.getResponseHeaders();
		assertThat(headers.getFirst("Content-Encoding")).isEqualTo("gzip");
		assertThat(headers.getETag()).isEqualTo("\"5--gzip\"");
		assertThat(headers.getCacheControl()).isEqualTo(CACHE_CONTROL);
		assertThat(headers.getFirst("Content-Security-Policy")).isEqualTo("default-src 'none'; style-src 'self'");
		assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(headers.getValuesAsList("Vary")).extracting((name) -> name.toLowerCase(Locale.ROOT))
			.containsOnlyOnce("accept-encoding");
		assertThat(headers.getFirst("X-Path")).isEqualTo("/pages/trending");
	}

	@Test
	void areTheSameForEverybody() {
		for (List<String> credential : List.of(List.of("Authorization", "Bearer ended"),
				List.of("Cookie", "__Host-agora=ended"), List.of("Authorization", "Basic x"))) {
			EntityExchangeResult<byte[]> page = get("/pages/trending", credential.toArray(String[]::new));
			assertThat(page.getStatus().value()).isEqualTo(200);
			assertThat(page.getResponseHeaders().getCacheControl()).isEqualTo(CACHE_CONTROL);
			assertThat(page.getResponseHeaders().getFirst("X-Credentials")).isEqualTo("none");
			assertThat(page.getResponseHeaders().headerNames()).doesNotContain("Set-Cookie");
		}
	}

	@Test
	void areRevalidatedByTheTagOfTheCompressedForm() {
		EntityExchangeResult<byte[]> page = get("/pages/trending", "Accept-Encoding", "gzip", "If-None-Match",
				"\"5--gzip\"");
		assertThat(page.getStatus().value()).isEqualTo(304);
		assertThat(page.getResponseHeaders().getETag()).isEqualTo("\"5--gzip\"");
	}

	@Test
	void haveNoPrefix() {
		assertThat(get("/api/v1/pages/trending").getStatus().value()).isEqualTo(404);
		assertThat(get("/pages/products/a%20b?x=1").getResponseHeaders().getFirst("X-Path"))
			.isEqualTo("/pages/products/a%20b?x=1");
	}

	private EntityExchangeResult<byte[]> get(String path, String... headers) {
		WebTestClient.RequestHeadersSpec<?> request = this.client.get().uri(URI.create(this.address + path));
		for (int i = 0; i < headers.length; i += 2) {
			request = request.header(headers[i], headers[i + 1]);
		}
		return request.exchange().expectBody().returnResult();
	}

	/** A service with one page, which is compressed ahead of time. */
	private static Publisher<Void> response(HttpServerRequest request, HttpServerResponse response) {
		boolean credentials = request.requestHeaders().contains("Authorization")
				|| request.requestHeaders().contains("Cookie") || request.requestHeaders().contains("X-Agora-Identity");
		response.header("ETag", "\"5\"")
			.header("Vary", "Accept-Encoding")
			.header("Cache-Control", CACHE_CONTROL)
			.header("Content-Security-Policy", "default-src 'none'; style-src 'self'")
			.header("X-Credentials", credentials ? "some" : "none")
			.header("X-Path", request.uri());
		if ("\"5\"".equals(request.requestHeaders().get("If-None-Match"))) {
			return response.status(304).send();
		}
		return response.header("Content-Type", "text/html;charset=utf-8")
			.header("Content-Encoding", "gzip")
			.header("Content-Length", String.valueOf(COMPRESSED.length))
			.send(Mono.just(Unpooled.wrappedBuffer(COMPRESSED)));
	}

}
