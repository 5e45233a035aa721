package dev.agora.gateway.edge;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import dev.agora.gateway.GatewayForTests;
import dev.agora.gateway.ServiceForTests;
import dev.agora.gateway.ServiceForTests.Answer;
import dev.agora.gateway.WireForTests;

import static org.assertj.core.api.Assertions.assertThat;

/** Each of these reads until the gateway closes: what is not closed fails the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientTests {

	private final ServiceForTests feeds = ServiceForTests
		.that((asked) -> Mono.just(new Answer(200, "{}")).delayElement(Duration.ofMillis(700)));

	private final GatewayForTests gateway = gateway("60s");

	private final GatewayForTests impatient = gateway("300ms");

	private GatewayForTests gateway(String idle) {
		return GatewayForTests.with(GatewayForTests.clones("feed-service", this.feeds.address()),
				"gateway.edge.request-timeout=300ms", "server.netty.idle-timeout=" + idle);
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.impatient.close();
		this.feeds.close();
	}

	@Test
	void closesAConnectionThatAsksNothing() throws IOException {
		assertThat(WireForTests.send(this.impatient.port())).isEmpty();
	}

	@Test
	void endsAHeadThatDoesNotEnd() throws IOException {
		assertThat(WireForTests.send(this.gateway.port(), "GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n"))
			.startsWith("HTTP/1.1 408 ")
			.contains("application/problem+json", "did not arrive in time");
		assertThat(WireForTests.send(this.gateway.port(), "G")).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void endsAHeadThatComesInDrops() throws IOException {
		assertThat(
				WireForTests.drip(this.gateway.port(), "GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n"))
			.startsWith("HTTP/1.1 408 ");
	}

	@Test
	void endsABodyThatDoesNotEnd() throws IOException {
		WireForTests.send(this.gateway.port(),
				"POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel");
		WireForTests.send(this.gateway.port(),
				"POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
		assertThat(this.feeds.asked()).isEmpty();
	}

	@Test
	void letsSomebodyWaitForAnAnswerThatTakesLonger() throws IOException {
		assertThat(WireForTests.sendInTurn(this.impatient.port(), 64,
				"GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n\r\n"))
			.startsWith("HTTP/1.1 200 ");
	}

}
