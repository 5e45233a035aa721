package dev.agora.gateway.body;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.ReceivedRequest;
import dev.agora.gateway.TestService.Response;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads are streamed to the service and delay no other request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadTests {

	private static final String ALICE = "A".repeat(43);

	private static final String BOB = "B".repeat(43);

	private static final int MEBIBYTE = 1 << 20;

	private static final int LARGEST = 64 * MEBIBYTE;

	private static final String PIECE = "x".repeat(MEBIBYTE);

	/** Completes when the service begins to read uploads. */
	private Sinks.One<Boolean> reading = Sinks.one();

	private final TestService sessions = TestService.respondingWith(UploadTests::session);

	private final AtomicLong received = new AtomicLong();

	private final DisposableServer products = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(this::handle)
		.bindNow();

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.sessions.address()),
			"agora.clones.product-service=http://127.0.0.1:" + this.products.port(),
			"gateway.edge.request-timeout=60s");

	@BeforeEach
	void readUploads() {
		this.received.set(0);
		this.reading = Sinks.one();
		this.reading.tryEmitValue(true);
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.disposeNow();
		this.sessions.close();
	}

	private static Mono<Response> session(ReceivedRequest request) {
		String member = request.body().contains(ALICE) ? "alice" : "bob";
		return Mono.just(new Response(200,
				"{\"identity\":\"signed\",\"expiresAt\":\"2099-01-01T00:00:00Z\",\"memberId\":\"" + member + "\"}"));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		if (request.uri().contains("refused")) {
			return response.status(415).sendString(Mono.just("{}"));
		}
		return this.reading.asMono()
			.thenMany(request.receive().doOnNext((bytes) -> this.received.addAndGet(bytes.readableBytes())))
			.then()
			.then(response.status(202).sendString(Mono.just("{}")).then());
	}

	@Test
	void holdsBackAClientThatIsFasterThanTheService() {
		this.reading = Sinks.one();
		AtomicLong sent = new AtomicLong();
		try (TestClient client = client(ALICE, "", "Content-Length: " + LARGEST)) {
			CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> sendAll(client, sent));
			// A pause of the machine may end the wait early, which fails nothing.
			AtomicLong before = new AtomicLong();
			await().pollInterval(ofSeconds(1))
				.atMost(ofSeconds(60))
				.until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
			assertThat(sent.get()).isLessThan(24 * MEBIBYTE);
			assertThat(sum("body.memory")).isZero();
			this.reading.tryEmitValue(true);
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 202");
			upload.join();
		}
		assertThat(this.received).hasValue(LARGEST);
	}

	private static void sendAll(TestClient client, AtomicLong sent) {
		for (int i = 0; i < LARGEST / MEBIBYTE; i++) {
			client.send(PIECE);
			sent.addAndGet(MEBIBYTE);
		}
	}

	@Test
	void limitsTheSlowUploadsOfAMemberAndDelaysNoOtherRequest() {
		List<TestClient> slow = List.of(client(ALICE, "", "Content-Length: 1000"),
				client(ALICE, "", "Content-Length: 1000"));
		slow.forEach((client) -> client.send("x"));
		await().atMost(ofSeconds(30)).until(() -> sum("body.uploads") == 2);
		try (TestClient third = client(ALICE, "", "Content-Length: 1000").send("x")) {
			third.finish();
			assertThat(third.readAll()).startsWith("HTTP/1.1 429").contains("too-many-uploads");
		}
		try (TestClient other = client(BOB, "", "Content-Length: 1").send("x")) {
			assertThat(other.readStatusLine()).isEqualTo("HTTP/1.1 202");
		}
		this.gateway.client().get().uri("/api/v1/products").exchange().expectStatus().isAccepted();
		slow.forEach((client) -> client.send("x".repeat(999)));
		assertThat(slow).extracting(TestClient::readStatusLine).containsOnly("HTTP/1.1 202");
		slow.forEach(TestClient::close);
		await().atMost(ofSeconds(30)).until(() -> sum("body.uploads") == 0);
	}

	@Test
	void passesOnARefusalOfTheServiceWhileTheBodyArrives() {
		try (TestClient client = client(ALICE, "?refused", "Content-Length: " + LARGEST).send("x")) {
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 415");
		}
		assertThat(sum("instance.failures") + openCircuits()).isZero();
	}

	/** curl waits for the interim response before it sends a large file. */
	@Test
	void letsAClientAskBeforeItSendsTheBody() {
		try (TestClient client = client(ALICE, "",
				"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 1000")) {
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 100");
			client.send("x".repeat(1000));
			assertThat(client.readAll()).contains("HTTP/1.1 202");
		}
		try (TestClient client = client(ALICE, "", "Expect: 100-continue\r\nContent-Length: " + (LARGEST + 1))) {
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 413");
		}
	}

	@Test
	void rejectsADeclaredLengthOverTheLimitOfThePath() {
		try (TestClient upload = client(ALICE, "", "Content-Length: " + (LARGEST + 1));
				TestClient other = client(ALICE, "/1", "Content-Length: " + (MEBIBYTE + 1))) {
			assertThat(upload.readStatusLine()).isEqualTo("HTTP/1.1 413");
			assertThat(other.readStatusLine()).isEqualTo("HTTP/1.1 413");
		}
	}

	@Test
	void rejectsAChunkedBodyOverTheLimit() {
		try (TestClient client = client(ALICE, "", "Transfer-Encoding: chunked")) {
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
				for (int i = 0; i <= LARGEST / MEBIBYTE; i++) {
					client.send(Integer.toHexString(MEBIBYTE) + "\r\n" + PIECE + "\r\n");
				}
			});
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 413");
			sending.exceptionally((closed) -> null).join();
		}
		assertThat(sum("instance.failures") + openCircuits()).isZero();
	}

	private TestClient client(String token, String path, String length) {
		return new TestClient(this.gateway.port(), "127.0.0.2").send("POST /api/v1/products/imports" + path
				+ " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n" + length + "\r\n\r\n");
	}

	private double openCircuits() {
		return this.gateway.part(MeterRegistry.class)
			.find("circuit.breaker.state")
			.tag("state", "open")
			.gauges()
			.stream()
			.mapToDouble(Gauge::value)
			.sum();
	}

	private double sum(String... meters) {
		return Arrays.stream(meters)
			.flatMap((meter) -> this.gateway.part(MeterRegistry.class).find(meter).meters().stream())
			.mapToDouble((each) -> each.measure().iterator().next().getValue())
			.sum();
	}

}
