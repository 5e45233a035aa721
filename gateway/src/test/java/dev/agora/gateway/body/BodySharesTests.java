package dev.agora.gateway.body;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestService.ReceivedRequest;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The unfinished requests of one client do not affect others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodySharesTests {

	private static final String ALICE = "A".repeat(43);

	private static final String BOB = "B".repeat(43);

	private static final String UNFINISHED = "Content-Length: 500\r\n\r\n{";

	private final TestService sessions = TestService.respondingWith(BodySharesTests::session);

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.sessions.address()),
			TestGateway.instances("feed-service", this.feeds.address()), "gateway.edge.request-timeout=30s");

	private final WebTestClient honest = this.gateway.client();

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
		this.sessions.close();
	}

	/** Each member's token consists of one letter. */
	private static Mono<Response> session(ReceivedRequest request) {
		String member = request.body().contains(ALICE) ? "alice" : "bob";
		return Mono.just(new Response(200,
				"{\"identity\":\"signed\",\"expiresAt\":\"2099-01-01T00:00:00Z\",\"memberId\":\"" + member + "\"}"));
	}

	@Test
	void limitsTheIncompleteBodiesOfAnAddress() {
		List<TestClient> clients = clients(200, "127.0.0.2",
				"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n" + UNFINISHED);
		await().atMost(ofSeconds(30)).until(() -> rejected("address") == 200 - 64);
		assertThat(incomplete("address")).isEqualTo(64);
		for (int i = 0; i < 20; i++) {
			this.honest.post().uri("/api/v1/sessions").bodyValue("{}").exchange().expectStatus().isOk();
		}
		finishAll(clients, 64);
	}

	@Test
	void limitsTheIncompleteBodiesOfAMemberFromAllAddresses() {
		read(ALICE);
		read(BOB);
		double limit = limit();
		String post = "POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ALICE + "\r\n";
		List<TestClient> clients = Stream
			.concat(clients(70, "127.0.0.2", post + UNFINISHED).stream(),
					clients(70, "127.0.0.3", post + UNFINISHED).stream())
			.toList();
		await().atMost(ofSeconds(30)).until(() -> rejected("member") == 140 - 32);
		assertThat(incomplete("member")).isEqualTo(32);
		for (int i = 0; i < 20; i++) {
			read(ALICE);
			read(BOB);
			this.honest.post()
				.uri("/api/v1/posts")
				.headers((headers) -> headers.setBearerAuth(BOB))
				.bodyValue("{}")
				.exchange()
				.expectStatus()
				.isOk();
		}
		finishAll(clients, 32);
		assertThat(limit()).isEqualTo(limit);
	}

	private void read(String token) {
		this.honest.get()
			.uri("/api/v1/feed")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk();
	}

	/** The client receives the reason, and its other requests are not affected. */
	private void finishAll(List<TestClient> clients, int received) {
		clients.forEach(TestClient::finish);
		List<String> responses = clients.stream().map(TestClient::readAll).toList();
		assertThat(responses).filteredOn((response) -> response.startsWith("HTTP/1.1 429"))
			.hasSize(clients.size() - received)
			.allSatisfy((response) -> assertThat(response).containsIgnoringCase("Retry-After: 1")
				.contains("too-many-incomplete-requests", "requests with incomplete bodies at a time"));
		await().atMost(ofSeconds(30)).until(() -> incomplete("address") + incomplete("member") == 0);
	}

	private List<TestClient> clients(int number, String address, String sent) {
		return IntStream.range(0, number)
			.mapToObj((i) -> new TestClient(this.gateway.port(), address).send(sent))
			.toList();
	}

	private double rejected(String client) {
		return meters().get("body.rejected").tags("client", client, "reason", "share").counter().count();
	}

	private double incomplete(String client) {
		return meters().get("body.incomplete").tag("client", client).gauge().value();
	}

	private double limit() {
		return meters().get("route.limit").tags("route", "posts-and-feeds", "calls", "writes").gauge().value();
	}

	private MeterRegistry meters() {
		return this.gateway.part(MeterRegistry.class);
	}

}
