package dev.agora.gateway.balance;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static org.assertj.core.api.Assertions.assertThat;

/** Only the first probe is sent, so that requests alone show the state of an instance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondAttemptTests {

	private final List<String> brokenRequests = new CopyOnWriteArrayList<>();

	private final DisposableServer breaking = TcpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive().asString().next().doOnNext(this.brokenRequests::add).then())
		.bindNow();

	private final URI breakingAddress = URI.create("http://127.0.0.1:" + this.breaking.port());

	private final TestService one = TestService.responding(200, "{}");

	private final TestService other = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.breakingAddress, this.one.address()),
			TestGateway.instances("product-service", this.breakingAddress, this.one.address()),
			TestGateway.instances("feed-service", this.one.address(), this.other.address()),
			"gateway.balance.probe-interval=1h");

	private final WebTestClient client = this.gateway.client();

	@AfterAll
	void close() {
		this.gateway.close();
		this.breaking.disposeNow();
		this.other.close();
		this.one.close();
	}

	@Test
	void retriesAnIdempotentRequestWithoutABody() {
		Awaitility.await("a broken connection").until(() -> {
			assertThat(status(HttpMethod.DELETE, "/api/v1/sessions/current", "")).isEqualTo(200);
			return this.brokenRequests.stream().anyMatch((request) -> request.startsWith("DELETE"));
		});
	}

	@Test
	void doesNotRetryARequestWithABody() {
		Awaitility.await("a broken connection")
			.until(() -> status(HttpMethod.PUT, "/api/v1/products/x/reviews/mine", "{}") == 503);
		assertThat(this.brokenRequests).anyMatch((request) -> request.startsWith("PUT"));
	}

	@Test
	void sendsNothingToAnInstanceThatClosesItsConnections() {
		this.one.drain();
		Awaitility.await("the instance's last response").until(() -> {
			this.one.clearRequests();
			assertThat(status(HttpMethod.POST, "/api/v1/posts", "{}")).isEqualTo(200);
			return !this.one.requests().isEmpty();
		});
		this.one.clearRequests();
		for (int i = 0; i < 20; i++) {
			assertThat(status(HttpMethod.POST, "/api/v1/posts", "{}")).isEqualTo(200);
		}
		assertThat(this.one.requests()).isEmpty();
	}

	private int status(HttpMethod method, String path, String body) {
		return this.client.method(method)
			.uri(path)
			.bodyValue(body)
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.value();
	}

}
