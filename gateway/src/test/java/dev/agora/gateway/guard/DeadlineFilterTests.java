package dev.agora.gateway.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.GatewayForTests;
import dev.agora.gateway.ServiceForTests;
import dev.agora.platform.web.RequestFilter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlineFilterTests {

	private static final int TIMEOUT = 4000;

	private static final int BROKEN_OFF_AFTER = 500;

	private final ServiceForTests well = ServiceForTests.answering(200, "{}");

	private final ServiceForTests other = ServiceForTests.answering(200, "{}");

	private final ServiceForTests hanging = ServiceForTests.that((asked) -> Mono.never());

	private final AtomicInteger brokenOff = new AtomicInteger();

	private final DisposableServer breaking = TcpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive()
			.asString()
			.next()
			.filter((head) -> !head.contains("/internal/clone"))
			.doOnNext((head) -> this.brokenOff.incrementAndGet())
			.then(Mono.delay(Duration.ofMillis(BROKEN_OFF_AFTER)).then()))
		.bindNow();

	private final GatewayForTests gateway = GatewayForTests.with(
			GatewayForTests.clones("session-service", this.well.address()),
			GatewayForTests.clones("product-service", this.well.address()),
			GatewayForTests.clones("graph-service", URI.create("http://127.0.0.1:" + this.breaking.port()),
					this.other.address()),
			GatewayForTests.clones("feed-service", this.hanging.address()),
			"gateway.deadline.timeout=" + TIMEOUT + "ms");

	private final WebTestClient client = this.gateway.client();

	@AfterAll
	void close() {
		this.gateway.close();
		this.breaking.disposeNow();
		this.hanging.close();
		this.other.close();
		this.well.close();
	}

	@Test
	void answersThatAServiceIsTooSlow() {
		this.client.mutate()
			.responseTimeout(Duration.ofSeconds(60))
			.build()
			.get()
			.uri("/api/v1/feed")
			.exchange()
			.expectStatus()
			.isEqualTo(504)
			.expectHeader()
			.contentType("application/problem+json");
		assertThat(toldBy(this.hanging)).isBetween(1L, (long) TIMEOUT);
	}

	@Test
	void tellsServicesTheRoutesTimeOutWhateverTheClientSays() {
		this.well.forget();
		this.client.get()
			.uri("/api/v1/products")
			.header(RequestFilter.TIMEOUT, "9999999")
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(toldBy(this.well)).isBetween(1L, (long) TIMEOUT);
	}

	@Test
	void givesPasswordsTheirTime() {
		this.well.forget();
		this.client.post().uri("/api/v1/sessions").bodyValue("{}").exchange().expectStatus().isOk();
		assertThat(toldBy(this.well)).isBetween(1L, 10_000L);
		assertThat(toldBy(this.well)).isGreaterThan(TIMEOUT);
	}

	@Test
	void leavesASecondAttemptLessTime() {
		for (int i = 0; i < 100 && this.brokenOff.get() == 0; i++) {
			this.other.forget();
			this.client.get().uri("/api/v1/graph/suggestions").exchange().expectStatus().isOk();
		}
		assertThat(this.brokenOff).hasValue(1);
		assertThat(toldBy(this.other)).isBetween(1L, (long) (TIMEOUT - BROKEN_OFF_AFTER));
	}

	@Test
	void blamesTheClientForABodyThatDoesNotCome() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.gateway.port())) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream()
				.write("POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
					.getBytes(US_ASCII));
			assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 408");
		}
	}

	private static long toldBy(ServiceForTests service) {
		return Long.parseLong(service.asked().get(0).headers().get("x-request-timeout"));
	}

}
