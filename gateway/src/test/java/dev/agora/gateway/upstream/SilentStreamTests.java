package dev.agora.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.balance.InstancesEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/** An instance that keeps the connection of a stream open but sends nothing more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SilentStreamTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final DisposableServer service = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(SilentStreamTests::serve)
		.bindNow();

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("feed-service", URI.create("http://127.0.0.1:" + this.service.port())),
			"gateway.deadline.stream-idle=500ms");

	private static Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
		return request.uri().endsWith("/stream")
				? response.sse().sendString(Flux.just(":\n\n").concatWith(Flux.never())) : response.send();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.service.disposeNow();
	}

	@Test
	void aStreamWithoutHeartbeatsEndsInOrder() {
		Integer status = HttpClient.newConnection()
			.get()
			.uri("http://127.0.0.1:" + this.gateway.port() + "/api/v1/feed/stream")
			.responseSingle((response, body) -> body.asString().thenReturn(response.status().code()))
			.block(BOUND);
		assertThat(status).isEqualTo(200);
		Awaitility.await("no stream is open").atMost(BOUND).until(() -> streams() == 0);
	}

	private int streams() {
		return Objects
			.requireNonNull(this.gateway.part(InstancesEndpoint.class).instances().services().get("feed-service"))
			.instances()
			.get(0)
			.streams();
	}

}
