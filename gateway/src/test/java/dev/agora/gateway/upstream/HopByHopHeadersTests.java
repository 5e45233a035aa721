package dev.agora.gateway.upstream;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers that concern one connection, and those that a {@code Connection} header lists
 * (RFC 9110, 7.6.1).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HopByHopHeadersTests {

	private final Map<String, String> received = new ConcurrentHashMap<>();

	private final DisposableServer service = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> {
			request.requestHeaders()
				.forEach((header) -> this.received.put(lowerCase(header.getKey()), header.getValue()));
			return response.header("Connection", "keep-alive, X-Listed")
				.header("X-Listed", "of the service's connection")
				.header("Keep-Alive", "timeout=5")
				.header("Proxy-Authenticate", "Basic")
				.header("X-Kept", "one")
				.sendString(Mono.just("{}"));
		})
		.bindNow();

	private final TestGateway gateway = TestGateway
		.with(TestGateway.instances("feed-service", URI.create("http://127.0.0.1:" + this.service.port())));

	@AfterAll
	void close() {
		this.gateway.close();
		this.service.disposeNow();
	}

	@Test
	void copiesTheHeadersOfARequestOnce() {
		assertThat(this.gateway.parts(HttpHeadersFilter.class).values()).hasExactlyElementsOfTypes(
				UpstreamHeadersFilter.class, ConsistencyCookieFilter.class, ResponseHopByHopFilter.class);
	}

	@Test
	void removesThemFromTheRequest() throws IOException {
		TestWire.send(this.gateway.port(), """
				GET /api/v1/feed HTTP/1.1
				Host: a
				Connection: close, X-Listed
				X-Listed: 1
				Keep-Alive: timeout=5
				TE: trailers
				Proxy-Authorization: Basic YTpi
				Proxy-Connection: keep-alive
				X-Kept: one

				""".replace("\n", "\r\n"));
		assertThat(this.received).containsEntry("x-kept", "one")
			.doesNotContainKeys("x-listed", "keep-alive", "te", "proxy-authorization", "proxy-connection");
	}

	@Test
	void removesThemFromTheResponse() throws IOException {
		String response = lowerCase(TestWire.send(this.gateway.port(),
				"GET /api/v1/feed HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
		assertThat(response).startsWith("http/1.1 200")
			.contains("x-kept: one")
			.doesNotContain("x-listed", "keep-alive: timeout=5", "proxy-authenticate");
	}

	private static String lowerCase(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

}
