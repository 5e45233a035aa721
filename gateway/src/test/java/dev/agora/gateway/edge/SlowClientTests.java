package dev.agora.gateway.edge;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each of these tests reads until the gateway closes the connection, and fails if it
 * stays open.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientTests {

	private final TestService feeds = TestService
		.respondingWith((request) -> Mono.just(new Response(200, "{}")).delayElement(Duration.ofMillis(700)));

	private final TestGateway gateway = gateway("60s");

	private final TestGateway impatient = gateway("300ms");

	private TestGateway gateway(String idle) {
		return TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
				"gateway.edge.request-timeout=300ms", "server.netty.idle-timeout=" + idle);
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.impatient.close();
		this.feeds.close();
	}

	@Test
	void closesAConnectionWithoutRequests() throws IOException {
		assertThat(TestWire.send(this.impatient.port())).isEmpty();
	}

	@Test
	void returns408ForAHeadThatDoesNotEnd() throws IOException {
		assertThat(TestWire.send(this.gateway.port(), "GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n"))
			.startsWith("HTTP/1.1 408 ")
			.contains("application/problem+json", "did not arrive in time");
		assertThat(TestWire.send(this.gateway.port(), "G")).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void returns408ForAHeadThatArrivesInDrops() throws IOException {
		assertThat(TestWire.drip(this.gateway.port(), "GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n"))
			.startsWith("HTTP/1.1 408 ");
	}

	@Test
	void closesTheConnectionOfABodyThatDoesNotEnd() throws IOException {
		TestWire.send(this.gateway.port(),
				"POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel");
		TestWire.send(this.gateway.port(),
				"POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
		assertThat(this.feeds.requests()).isEmpty();
	}

	@Test
	void keepsAConnectionThatWaitsForASlowResponse() throws IOException {
		assertThat(
				TestWire.sendInTurn(this.impatient.port(), 64, "GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n\r\n"))
			.startsWith("HTTP/1.1 200 ");
	}

}
