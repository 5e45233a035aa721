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

/** With no probe but the first, so that requests alone show how a clone is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondAttemptTests {

	private final List<String> broken = new CopyOnWriteArrayList<>();

	private final DisposableServer breaking = TcpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive().asString().next().doOnNext(this.broken::add).then())
		.bindNow();

	private final URI breakingAddress = URI.create("http://127.0.0.1:" + this.breaking.port());

	private final TestService one = TestService.answering(200, "{}");

	private final TestService other = TestService.answering(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.clones("session-service", this.breakingAddress, this.one.address()),
			TestGateway.clones("product-service", this.breakingAddress, this.one.address()),
			TestGateway.clones("feed-service", this.one.address(), this.other.address()),
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
	void repeatsAnEmptyIdempotentRequestWhenTheConnectionBreaks() {
		Awaitility.await("one that is broken off").until(() -> {
			assertThat(status(HttpMethod.DELETE, "/api/v1/sessions/current", "")).isEqualTo(200);
			return this.broken.stream().anyMatch((request) -> request.startsWith("DELETE"));
		});
	}

	@Test
	void repeatsNothingThatHasABody() {
		Awaitility.await("one that is broken off")
			.until(() -> status(HttpMethod.PUT, "/api/v1/products/x/reviews/mine", "{}") == 503);
		assertThat(this.broken).anyMatch((request) -> request.startsWith("PUT"));
	}

	@Test
	void givesNoMoreToACloneThatClosesItsConnections() {
		this.one.drain();
		Awaitility.await("the clone's last answer").until(() -> {
			this.one.forget();
			assertThat(status(HttpMethod.POST, "/api/v1/posts", "{}")).isEqualTo(200);
			return !this.one.asked().isEmpty();
		});
		this.one.forget();
		for (int i = 0; i < 20; i++) {
			assertThat(status(HttpMethod.POST, "/api/v1/posts", "{}")).isEqualTo(200);
		}
		assertThat(this.one.asked()).isEmpty();
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
