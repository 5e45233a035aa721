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

	private final TestService well = TestService.answering(200, "{}");

	private final TestService hanging = TestService.that((asked) -> Mono.never());

	/** The heads of the requests to the two clones of graph-service. */
	private final Queue<String> attempts = new ConcurrentLinkedQueue<>();

	private final DisposableServer one = unsteady();

	private final DisposableServer two = unsteady();

	private final TestGateway gateway = TestGateway.with(TestGateway.clones("session-service", this.well.address()),
			TestGateway.clones("product-service", this.well.address()),
			TestGateway.clones("graph-service", address(this.one), address(this.two)),
			TestGateway.clones("feed-service", this.hanging.address()), "gateway.deadline.timeout=" + TIMEOUT + "ms");

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
		this.client.get().uri("/api/v1/graph/suggestions").exchange().expectStatus().isOk();
		assertThat(this.attempts).hasSize(2);
		List<Long> told = this.attempts.stream().map(DeadlineFilterTests::timeout).toList();
		assertThat(told.get(0)).isBetween(1L, (long) TIMEOUT);
		assertThat(told.get(1)).isBetween(1L, (long) (TIMEOUT - BROKEN_OFF_AFTER));
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

	private static long toldBy(TestService service) {
		return Long.parseLong(service.asked().get(0).headers().get("x-request-timeout"));
	}

	/** Breaks the connection of the first request, whichever of the two it comes to. */
	private DisposableServer unsteady() {
		return TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.asString()
				.concatMap(this::answer)
				.takeWhile((answer) -> !answer.isEmpty())
				.concatMap((answer) -> response.sendString(Mono.just(answer))))
			.bindNow();
	}

	private Mono<String> answer(String head) {
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
		Matcher told = Pattern.compile("(?i)\r\nx-request-timeout: (\\d+)\r\n").matcher(head);
		assertThat(told.find()).isTrue();
		return Long.parseLong(told.group(1));
	}

}
