package dev.agora.gateway.balance;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Asked;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadBalancerFilterTests {

	/** Nothing listens on the port that nobody can be given. */
	private static final URI DEAD = URI.create("http://127.0.0.1:1");

	private final TestService one = TestService.answering(200, "{}");

	private final TestService other = TestService.answering(200, "{}");

	private final TestService slow = TestService.that((asked) -> Mono.never());

	private final DisposableServer closing = TcpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive().next().then())
		.bindNow();

	private final TestGateway gateway = TestGateway.with(
			TestGateway.clones("session-service", URI.create("http://127.0.0.1:" + this.closing.port())),
			TestGateway.clones("product-service", this.slow.address()), TestGateway.clones("graph-service", DEAD),
			TestGateway.clones("feed-service", DEAD, this.one.address(), this.other.address()),
			"gateway.deadline.timeout=3s");

	private final WebTestClient client = this.gateway.client();

	@BeforeEach
	void forget() {
		this.one.forget();
		this.other.forget();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.closing.disposeNow();
		this.slow.close();
		this.other.close();
		this.one.close();
	}

	@Test
	void servesEveryRequestOnceThoughACloneIsDead() {
		for (int i = 0; i < 60; i++) {
			this.client.post()
				.uri("/api/v1/posts")
				.bodyValue("{\"text\":\"" + i + "\"}")
				.exchange()
				.expectStatus()
				.isOk();
		}
		List<String> bodies = new ArrayList<>();
		this.one.asked().forEach((asked) -> bodies.add(asked.body()));
		this.other.asked().forEach((asked) -> bodies.add(asked.body()));
		assertThat(bodies).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void leavesOutThePrefixHoweverItIsWritten() {
		URI encoded = URI.create("http://127.0.0.1:" + this.gateway.port() + "/%61pi/v1/feed/members/x?limit=2");
		this.client.get().uri(encoded).exchange().expectStatus().isOk();
		assertThat(Stream.concat(this.one.asked().stream(), this.other.asked().stream()).map(Asked::uri))
			.containsExactly("/feed/members/x?limit=2");
	}

	@Test
	void refusesWhenNoCloneCanBeReached() {
		this.client.get()
			.uri("/api/v1/graph/suggestions")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.valueEquals("Retry-After", "1")
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The graph-service cannot be reached.");
	}

	@Test
	void answersThatAServiceWasTooSlow() {
		this.client.get()
			.uri("/api/v1/products")
			.exchange()
			.expectStatus()
			.isEqualTo(504)
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:timeout");
	}

	@Test
	void saysThatARequestMayHaveActedWhenTheConnectionBreaks() {
		this.client.post()
			.uri("/api/v1/members")
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The connection to session-service broke before it answered; it may have acted.");
	}

	@Test
	void refusesABodyThatIsTooLarge() {
		this.client.post()
			.uri("/api/v1/posts")
			.bodyValue("x".repeat(1024 * 1024 + 1))
			.exchange()
			.expectStatus()
			.isEqualTo(413)
			.expectHeader()
			.contentType("application/problem+json");
		assertThat(this.one.asked()).isEmpty();
		assertThat(this.other.asked()).isEmpty();
	}

}
