package dev.agora.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainTests {

	private static final int PATIENCE_MILLIS = 20_000;

	/** A draining instance: each of its responses closes the connection. */
	private final DisposableServer instance = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> response.header("Connection", "close").sendString(Mono.just("a page")))
		.bindNow();

	private final TestGateway gateway = start();

	private final TestGateway draining = start();

	private TestGateway start() {
		return TestGateway
			.with(TestGateway.instances("product-service", URI.create("http://127.0.0.1:" + this.instance.port())));
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.draining.close();
		this.instance.disposeNow();
	}

	@Test
	void keepsTheClientsConnectionWhenAnInstanceClosesItsOwn() {
		this.gateway.client()
			.get()
			.uri("/api/v1/products")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("Connection");
	}

	@Test
	void closesTheClientsConnectionWithTheResponseWhileItDrains() throws IOException {
		this.draining.drain();
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), this.draining.port())) {
			client.setSoTimeout(PATIENCE_MILLIS);
			client.getOutputStream()
				.write("GET /api/v1/products HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			String untilItIsClosed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(untilItIsClosed).startsWith("HTTP/1.1 200 ")
				.containsOnlyOnce("onnection: close\r\n")
				.contains("a page");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/internal/clone", "/api/v1/internal/clone", "/api/v1/products/../internal/clone",
			"/api/v1/products/%2e%2e/internal/clone" })
	void hidesTheInstancesFromClients(String path) {
		this.gateway.client()
			.get()
			.uri(URI.create("http://127.0.0.1:" + this.gateway.port() + path))
			.exchange()
			.expectStatus()
			.value((status) -> assertThat(status).isIn(400, 404));
	}

}
