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
import dev.agora.gateway.TestService.ReceivedRequest;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadBalancerFilterTests {

	/** A port on which nothing listens. */
	private static final URI DEAD = URI.create("http://127.0.0.1:1");

	private final TestService one = TestService.responding(200, "{}");

	private final TestService other = TestService.responding(200, "{}");

	private final TestService slow = TestService.respondingWith((request) -> Mono.never());

	private final DisposableServer closing = TcpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive().next().then())
		.bindNow();

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", URI.create("http://127.0.0.1:" + this.closing.port())),
			TestGateway.instances("product-service", this.slow.address()), TestGateway.instances("graph-service", DEAD),
			TestGateway.instances("feed-service", DEAD, this.one.address(), this.other.address()),
			"gateway.deadline.timeout=3s");

	private final WebTestClient client = this.gateway.client();

	@BeforeEach
	void clearRequests() {
		this.one.clearRequests();
		this.other.clearRequests();
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
	void servesEachRequestOnceWhileAnInstanceIsDown() {
		for (int i = 0; i < 60; i++) {
			this.client.post()
				.uri("/api/v1/posts")
				.bodyValue("{\"text\":\"" + i + "\"}")
				.exchange()
				.expectStatus()
				.isOk();
		}
		List<String> bodies = new ArrayList<>();
		this.one.requests().forEach((request) -> bodies.add(request.body()));
		this.other.requests().forEach((request) -> bodies.add(request.body()));
		assertThat(bodies).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void removesThePrefixInAnyEncoding() {
		URI encoded = URI.create("http://127.0.0.1:" + this.gateway.port() + "/%61pi/v1/feed/members/x?limit=2");
		this.client.get().uri(encoded).exchange().expectStatus().isOk();
		assertThat(
				Stream.concat(this.one.requests().stream(), this.other.requests().stream()).map(ReceivedRequest::uri))
			.containsExactly("/feed/members/x?limit=2");
	}

	@Test
	void returns503WhenNoInstanceCanBeReached() {
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
			.isEqualTo("The graph-service cannot be reached. Try again later.");
	}

	@Test
	void returns504WhenAServiceIsTooSlow() {
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
	void warnsThatARequestMayHaveTakenEffectWhenTheConnectionBreaks() {
		this.client.post()
			.uri("/api/v1/members")
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo(
					"The connection to session-service broke before its response. The request may have taken effect.");
	}

	@Test
	void returns413ForABodyOverTheLimit() {
		this.client.post()
			.uri("/api/v1/posts")
			.bodyValue("x".repeat(1024 * 1024 + 1))
			.exchange()
			.expectStatus()
			.isEqualTo(413)
			.expectHeader()
			.contentType("application/problem+json");
		assertThat(this.one.requests()).isEmpty();
		assertThat(this.other.requests()).isEmpty();
	}

}
