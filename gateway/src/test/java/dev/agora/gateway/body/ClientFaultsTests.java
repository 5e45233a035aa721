package dev.agora.gateway.body;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestService.ReceivedRequest;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Faults of clients affect neither other clients nor the guards of a route, of an
 * instance or of the retries.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientFaultsTests {

	private static final int CLIENTS = 40;

	private static final String ATTACKER = "127.0.0.2";

	private static final String LARGE = "{\"text\":\"" + "x".repeat(2_000_000) + "\"}";

	private static final List<String> GUARDS = List.of("route.rejected", "instance.failures", "retries",
			"rate.limited");

	private volatile Sinks.Empty<Response> held = Sinks.empty();

	private final TestService one = TestService.respondingWith(this::response);

	private final TestService other = TestService.respondingWith(this::response);

	private final TestGateway gateway = TestGateway.with(instances("session-service"), instances("product-service"),
			instances("feed-service"), instances("graph-service"), "gateway.edge.request-timeout=5s",
			"gateway.deadline.timeout=30s", "gateway.body.unread-memory=200MB");

	private final WebTestClient honest = this.gateway.client();

	private String instances(String service) {
		return TestGateway.instances(service, this.one.address(), this.other.address());
	}

	/** Some responses wait until a test releases them; others are long. */
	private Mono<Response> response(ReceivedRequest request) {
		if (request.uri().contains("held")) {
			return this.held.asMono().defaultIfEmpty(new Response(200, "{}"));
		}
		return Mono.just(new Response(200, request.uri().contains("large") ? LARGE : "{}"));
	}

	@BeforeEach
	void begin() {
		this.held = Sinks.empty();
		this.one.clearRequests();
		this.other.clearRequests();
	}

	@AfterEach
	void nothingIsLeft() {
		this.held.tryEmitEmpty();
		await().atMost(ofSeconds(60)).until(() -> sum("route.in.flight") + sum("body.incomplete") == 0);
		await().atMost(ofSeconds(60)).until(() -> sum("body.memory") == 0);
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.one.close();
		this.other.close();
	}

	@ParameterizedTest
	@EnumSource
	void aResetAffectsNoOtherClient(ClientStage stage) {
		endsAt(stage, TestClient::reset);
	}

	@ParameterizedTest
	@EnumSource
	void aFinishedConnectionAffectsNoOtherClient(ClientStage stage) {
		endsAt(stage, TestClient::finish);
	}

	@ParameterizedTest
	@EnumSource
	void aClosedConnectionAffectsNoOtherClient(ClientStage stage) {
		endsAt(stage, TestClient::close);
	}

	@Test
	void sixtyResetUploadsOpenNoCircuit() {
		for (String path : List.of("members", "sessions", "posts", "products", "graph/blocks/x")) {
			for (int i = 0; i < 60; i++) {
				client()
					.send("POST /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
							+ "x".repeat(60_000))
					.reset();
			}
			assertOthersServed();
		}
		assertNothingCounted();
		assertThat(requests()).noneMatch((request) -> request.body().contains("xxx"));
	}

	@Test
	void anInvalidChunkAffectsNoOtherClient() {
		List<TestClient> clients = clients(ClientStage.BROKEN_CHUNK + "lo\r\nzz\r\n");
		assertOthersServed();
		assertThat(clients).allSatisfy((client) -> assertThat(client.readAll()).startsWith("HTTP/1.1 400"));
		assertNothingCounted();
	}

	@Test
	void aStalledBodyGets408AndAffectsNoOtherClient() {
		List<TestClient> clients = Stream
			.of("Content-Length: 500\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
					"X-Request-Timeout: 1500\r\nContent-Length: 500\r\n\r\n{")
			.flatMap((rest) -> IntStream.range(0, 20)
				.mapToObj((i) -> client().send("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n" + rest)))
			.toList();
		await().atMost(ofSeconds(30)).until(() -> sum("body.incomplete") >= 40);
		assertOthersServed();
		assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 408"));
		clients.forEach(TestClient::close);
		assertNothingCounted();
	}

	@Test
	void aClientsOwnDeadlineAffectsNoOtherClient() {
		List<TestClient> clients = clients(
				"GET /api/v1/products/held HTTP/1.1\r\nHost: localhost\r\nX-Request-Timeout: 500\r\n\r\n");
		assertOthersServed();
		assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 504"));
		clients.forEach(TestClient::close);
		assertNothingCounted();
	}

	@Test
	void aSlowReaderAffectsNoOtherClient() {
		List<TestClient> clients = clients("GET /api/v1/products/large HTTP/1.1\r\nHost: localhost\r\n\r\n");
		assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 200"));
		await().atMost(ofSeconds(30)).until(() -> sum("route.in.flight") == 0);
		assertOthersServed();
		assertNothingCounted();
		clients.forEach(TestClient::close);
	}

	/** Brings many clients to a stage and ends them all, while others are served. */
	private void endsAt(ClientStage stage, Consumer<TestClient> end) {
		List<TestClient> clients = clients(stage.sent);
		if (stage.waitsForABody()) {
			await().atMost(ofSeconds(30)).until(() -> sum("body.incomplete") == CLIENTS);
		}
		if (stage.reachesAnInstance()) {
			await().atMost(ofSeconds(30)).until(() -> requests().size() == CLIENTS);
		}
		if (stage.isAnswered()) {
			assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 200"));
		}
		assertOthersServed();
		clients.forEach(end);
		assertOthersServed();
		clients.forEach(TestClient::close);
		await().atMost(ofSeconds(60)).until(() -> sum("route.in.flight") + sum("body.incomplete") == 0);
		assertOthersServed();
		assertNothingCounted();
	}

	/** Sends a request to each route. */
	private void assertOthersServed() {
		for (String path : List.of("sessions", "members", "products", "posts")) {
			this.honest.post().uri("/api/v1/" + path).bodyValue("{}").exchange().expectStatus().isOk();
		}
		for (String path : List.of("products", "feed", "graph/suggestions", "members/me")) {
			this.honest.get().uri("/api/v1/" + path).exchange().expectStatus().isOk();
		}
	}

	private void assertNothingCounted() {
		assertThat(GUARDS).allSatisfy((guard) -> assertThat(sum(guard)).as(guard).isZero());
		assertThat(sum("circuit.breaker.state", "state", "open")).isZero();
		// The limits on uploads and downloads are fixed.
		assertThat(this.gateway.part(MeterRegistry.class).find("route.limit").gauges())
			.filteredOn((limit) -> !String.valueOf(limit.getId().getTag("route")).matches(".+-(imports|files)"))
			.isNotEmpty()
			.allMatch((limit) -> limit.value() >= 64);
		this.gateway.managementClient()
			.get()
			.uri("/actuator/clones")
			.exchange()
			.expectBody(String.class)
			.value((instances) -> assertThat(instances).contains("HEALTHY").doesNotContain("EJECTED", "DRAINING"));
	}

	private double sum(String meter, String... tags) {
		return this.gateway.part(MeterRegistry.class)
			.find(meter)
			.tags(tags)
			.meters()
			.stream()
			.mapToDouble(ClientFaultsTests::value)
			.sum();
	}

	private static double value(Meter meter) {
		return meter.measure().iterator().next().getValue();
	}

	private List<ReceivedRequest> requests() {
		return Stream.concat(this.one.requests().stream(), this.other.requests().stream()).toList();
	}

	private List<TestClient> clients(String sent) {
		return IntStream.range(0, CLIENTS).mapToObj((i) -> client().send(sent)).toList();
	}

	private TestClient client() {
		return new TestClient(this.gateway.port(), ATTACKER);
	}

}
