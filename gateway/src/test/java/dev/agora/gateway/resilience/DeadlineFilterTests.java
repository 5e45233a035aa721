package dev.agora.gateway.resilience;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.platform.web.RequestFilter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlineFilterTests {

	private static final int TIMEOUT = 4000;

	private static final int BROKEN_OFF_AFTER = 500;

	private final TestService well = TestService.responding(200, "{}");

	private final TestService hanging = TestService.respondingWith((request) -> Mono.never());

	/** The heads of the requests to the two instances of graph-service. */
	private final Queue<String> attempts = new ConcurrentLinkedQueue<>();

	private final DisposableServer one = unstable();

	private final DisposableServer two = unstable();

	private final TestGateway gateway = TestGateway.with(TestGateway.instances("session-service", this.well.address()),
			TestGateway.instances("product-service", this.well.address()),
			TestGateway.instances("graph-service", address(this.one), address(this.two)),
			TestGateway.instances("feed-service", this.hanging.address()), "gateway.deadline.timeout=" + TIMEOUT + "ms",
			"gateway.edge.request-timeout=3s");

	private final WebTestClient client = this.gateway.client();

	@AfterAll
	void close() {
		this.gateway.close();
		this.one.disposeNow();
		this.two.disposeNow();
		this.hanging.close();
		this.well.close();
	}

	@Test
	void returns504WhenAServiceIsTooSlow() {
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
		assertThat(timeoutReceivedBy(this.hanging)).isBetween(1L, (long) TIMEOUT);
	}

	@Test
	void sendsServicesTheTimeoutOfTheRoute() {
		this.well.clearRequests();
		this.client.get()
			.uri("/api/v1/products")
			.header(RequestFilter.TIMEOUT, "9999999")
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(timeoutReceivedBy(this.well)).isBetween(1L, (long) TIMEOUT);
	}

	@Test
	void givesALogInMoreTime() {
		this.well.clearRequests();
		this.client.post().uri("/api/v1/sessions").bodyValue("{}").exchange().expectStatus().isOk();
		assertThat(timeoutReceivedBy(this.well)).isBetween(1L, 10_000L);
		assertThat(timeoutReceivedBy(this.well)).isGreaterThan(TIMEOUT);
	}

	@Test
	void leavesARetryLessTime() {
		this.client.get().uri("/api/v1/graph/suggestions").exchange().expectStatus().isOk();
		assertThat(this.attempts).hasSize(2);
		List<Long> timeouts = this.attempts.stream().map(DeadlineFilterTests::timeout).toList();
		assertThat(timeouts.get(0)).isBetween(1L, (long) TIMEOUT);
		assertThat(timeouts.get(1)).isBetween(1L, (long) (TIMEOUT - BROKEN_OFF_AFTER));
	}

	@Test
	void returns408ForABodyThatDoesNotArrive() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.gateway.port())) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream()
				.write("POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
					.getBytes(US_ASCII));
			assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 408");
		}
	}

	private static long timeoutReceivedBy(TestService service) {
		return Long.parseLong(service.requests().get(0).headers().get("x-request-timeout"));
	}

	/** Breaks the connection of the first request, to whichever instance it is sent. */
	private DisposableServer unstable() {
		return TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.asString()
				.concatMap(this::respond)
				.takeWhile((text) -> !text.isEmpty())
				.concatMap((text) -> response.sendString(Mono.just(text))))
			.bindNow();
	}

	private Mono<String> respond(String head) {
		if (!head.contains("/internal/clone")) {
			this.attempts.add(head);
			if (this.attempts.size() == 1) {
				return Mono.delay(Duration.ofMillis(BROKEN_OFF_AFTER)).thenReturn("");
			}
		}
		return Mono.just("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
	}

	private static URI address(DisposableServer server) {
		return URI.create("http://127.0.0.1:" + server.port());
	}

	private static long timeout(String head) {
		Matcher timeouts = Pattern.compile("(?i)\r\nx-request-timeout: (\\d+)\r\n").matcher(head);
		assertThat(timeouts.find()).isTrue();
		return Long.parseLong(timeouts.group(1));
	}

}
