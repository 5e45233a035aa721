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

import dev.agora.gateway.ClientForTests;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Answer;
import dev.agora.gateway.TestService.Asked;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever clients do with their connections, others are served, and no guard of a route,
 * of an instance or of the retries counts it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientFaultsTests {

	private static final int CLIENTS = 40;

	private static final String ATTACKER = "127.0.0.2";

	private static final String LARGE = "{\"text\":\"" + "x".repeat(2_000_000) + "\"}";

	private static final String IN_A_CHUNK = "PUT /api/v1/products/1 HTTP/1.1\r\nHost: localhost\r\n"
			+ "Transfer-Encoding: chunked\r\n\r\n5\r\nhel";

	private static final List<String> GUARDS = List.of("route.rejected", "route.breaker.open", "clone.failures",
			"retries", "rate.limited");

	private volatile Sinks.Empty<Answer> held = Sinks.empty();

	private final TestService one = TestService.that(this::answer);

	private final TestService other = TestService.that(this::answer);

	private final TestGateway gateway = TestGateway.with(clones("session-service"), clones("product-service"),
			clones("feed-service"), clones("graph-service"), "gateway.edge.request-timeout=5s",
			"gateway.deadline.timeout=30s", "gateway.body.unread=200MB");

	private final WebTestClient honest = this.gateway.client();

	private String clones(String service) {
		return TestGateway.clones(service, this.one.address(), this.other.address());
	}

	/** Some responses wait until a test lets them go, some are long. */
	private Mono<Answer> answer(Asked asked) {
		if (asked.uri().contains("held")) {
			return this.held.asMono().defaultIfEmpty(new Answer(200, "{}"));
		}
		return Mono.just(new Answer(200, asked.uri().contains("large") ? LARGE : "{}"));
	}

	@BeforeEach
	void begin() {
		this.held = Sinks.empty();
		this.one.forget();
		this.other.forget();
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

	/** How far a request and its response have come when the client ends it. */
	private enum Stage {

		CONNECTED(""),

		IN_HEAD("POST /api/v1/products HTTP/1.1\r\nHost: loc"),

		HEAD_SENT("POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n"),

		IN_BODY("POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
				+ "x".repeat(60_000)),

		IN_CHUNK(IN_A_CHUNK),

		BEHIND_CHUNK(IN_A_CHUNK + "lo\r\n"),

		BEFORE_RESPONSE_TO_A_WRITE(
				"POST /api/v1/products/held HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"),

		BEFORE_RESPONSE_TO_A_READ("GET /api/v1/products/held HTTP/1.1\r\nHost: localhost\r\n\r\n"),

		IN_RESPONSE_TO_A_WRITE(
				"POST /api/v1/products/large HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"),

		IN_RESPONSE_TO_A_READ("GET /api/v1/products/large HTTP/1.1\r\nHost: localhost\r\n\r\n"),

		AFTER_RESPONSE("POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");

		private final String sent;

		Stage(String sent) {
			this.sent = sent;
		}

		boolean isAnswered() {
			return this.compareTo(IN_RESPONSE_TO_A_WRITE) >= 0;
		}

		boolean reachesAnInstance() {
			return this.compareTo(BEFORE_RESPONSE_TO_A_WRITE) >= 0;
		}

		boolean waitsForABody() {
			return this.compareTo(HEAD_SENT) >= 0 && !reachesAnInstance();
		}

	}

	@ParameterizedTest
	@EnumSource
	void aResetConcernsNobodyElse(Stage stage) {
		endsAt(stage, ClientForTests::reset);
	}

	@ParameterizedTest
	@EnumSource
	void aFinishedConnectionConcernsNobodyElse(Stage stage) {
		endsAt(stage, ClientForTests::finish);
	}

	@ParameterizedTest
	@EnumSource
	void aClosedConnectionConcernsNobodyElse(Stage stage) {
		endsAt(stage, ClientForTests::close);
	}

	@Test
	void sixtyResetUploadsCloseNoRoute() {
		for (String path : List.of("members", "sessions", "posts", "products", "graph/blocks/x")) {
			for (int i = 0; i < 60; i++) {
				client()
					.send("POST /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
							+ "x".repeat(60_000))
					.reset();
			}
			servesOthers();
		}
		countsNothing();
		assertThat(asked()).noneMatch((asked) -> asked.body().contains("xxx"));
	}

	@Test
	void aBadChunkConcernsNobodyElse() {
		List<ClientForTests> clients = clients(IN_A_CHUNK + "lo\r\nzz\r\n");
		servesOthers();
		assertThat(clients).allSatisfy((client) -> assertThat(client.readAll()).startsWith("HTTP/1.1 400"));
		countsNothing();
	}

	@Test
	void aStalledBodyIsAnsweredWith408AndConcernsNobodyElse() {
		List<ClientForTests> clients = Stream
			.of("Content-Length: 500\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
					"X-Request-Timeout: 1500\r\nContent-Length: 500\r\n\r\n{")
			.flatMap((rest) -> IntStream.range(0, 20)
				.mapToObj((i) -> client().send("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n" + rest)))
			.toList();
		await().atMost(ofSeconds(30)).until(() -> sum("body.incomplete") >= 40);
		servesOthers();
		assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 408"));
		clients.forEach(ClientForTests::close);
		countsNothing();
	}

	@Test
	void aClientsOwnDeadlineConcernsNobodyElse() {
		List<ClientForTests> clients = clients(
				"GET /api/v1/products/held HTTP/1.1\r\nHost: localhost\r\nX-Request-Timeout: 500\r\n\r\n");
		servesOthers();
		assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 504"));
		clients.forEach(ClientForTests::close);
		countsNothing();
	}

	@Test
	void aSlowReaderConcernsNobodyElse() {
		List<ClientForTests> clients = clients("GET /api/v1/products/large HTTP/1.1\r\nHost: localhost\r\n\r\n");
		assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 200"));
		await().atMost(ofSeconds(30)).until(() -> sum("route.in.flight") == 0);
		servesOthers();
		countsNothing();
		clients.forEach(ClientForTests::close);
	}

	/** Brings many clients to a stage, ends them all, and serves others all the time. */
	private void endsAt(Stage stage, Consumer<ClientForTests> end) {
		List<ClientForTests> clients = clients(stage.sent);
		if (stage.waitsForABody()) {
			await().atMost(ofSeconds(30)).until(() -> sum("body.incomplete") == CLIENTS);
		}
		if (stage.reachesAnInstance()) {
			await().atMost(ofSeconds(30)).until(() -> asked().size() == CLIENTS);
		}
		if (stage.isAnswered()) {
			assertThat(clients).allSatisfy((client) -> assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 200"));
		}
		servesOthers();
		clients.forEach(end);
		servesOthers();
		clients.forEach(ClientForTests::close);
		await().atMost(ofSeconds(60)).until(() -> sum("route.in.flight") + sum("body.incomplete") == 0);
		servesOthers();
		countsNothing();
	}

	/** One request to each route. */
	private void servesOthers() {
		for (String path : List.of("sessions", "members", "products", "posts")) {
			this.honest.post().uri("/api/v1/" + path).bodyValue("{}").exchange().expectStatus().isOk();
		}
		for (String path : List.of("products", "feed", "graph/suggestions", "members/me")) {
			this.honest.get().uri("/api/v1/" + path).exchange().expectStatus().isOk();
		}
	}

	private void countsNothing() {
		assertThat(GUARDS).allSatisfy((guard) -> assertThat(sum(guard)).as(guard).isZero());
		assertThat(this.gateway.part(MeterRegistry.class).find("route.limit").gauges()).isNotEmpty()
			.allMatch((limit) -> limit.value() >= 64);
		this.gateway.managementClient()
			.get()
			.uri("/actuator/clones")
			.exchange()
			.expectBody(String.class)
			.value((clones) -> assertThat(clones).contains("HEALTHY").doesNotContain("EJECTED", "DRAINING"));
	}

	private double sum(String meter) {
		return this.gateway.part(MeterRegistry.class)
			.find(meter)
			.meters()
			.stream()
			.mapToDouble(ClientFaultsTests::value)
			.sum();
	}

	private static double value(Meter meter) {
		return meter.measure().iterator().next().getValue();
	}

	private List<Asked> asked() {
		return Stream.concat(this.one.asked().stream(), this.other.asked().stream()).toList();
	}

	private List<ClientForTests> clients(String sent) {
		return IntStream.range(0, CLIENTS).mapToObj((i) -> client().send(sent)).toList();
	}

	private ClientForTests client() {
		return new ClientForTests(this.gateway.port(), ATTACKER);
	}

}
