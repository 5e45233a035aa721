package dev.agora.gateway.meter;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.http.HttpMethod;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestMetersTests {

	private final TestService feeds = TestService
		.respondingWith((request) -> request.uri().equals("/feed/stream") ? Mono.never()
				: Mono.just(new TestService.Response(request.uri().equals("/feed/members/x") ? 500 : 200, "{}")));

	private final TestGateway gateway = TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
			"gateway.access.enabled=false");

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
	}

	@Test
	void measuresByRouteMethodAndStatus() {
		send(HttpMethod.GET, "/api/v1/feed");
		send(HttpMethod.GET, "/api/v1/feed?cursor=1");
		send(HttpMethod.GET, "/api/v1/feed/members/x");
		assertThat(requests()).containsEntry("posts-and-feeds GET 200", 2L)
			.containsEntry("posts-and-feeds GET 500", 1L);
		assertThat(responses("posts-and-feeds", "success")).isEqualTo(2);
		assertThat(responses("posts-and-feeds", "server_error")).isEqualTo(1);
	}

	/** The rate of a counter does not contain its first value. */
	@Test
	void showsEachOutcomeOfEachRouteFromTheStart() {
		assertThat(meters().find("gateway.responses").tag("route", "products").counters()).hasSize(4)
			.allMatch((counter) -> counter.count() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /no/such/path/, GET", "POST, /api/v1/no-such-path/, POST", "PUT, /api/v1/no-such-path/x/, PUT",
			"BREW, /nowhere/, UNKNOWN" })
	void hasOneTagForAllUnknownPathsAndMethods(String method, String path, String tag) {
		String status = "";
		for (int i = 0; i < 50; i++) {
			status = statusLine(method.equals("BREW") ? "BREW" + i : method, path + i).substring(9);
		}
		String operation = "none " + tag + " " + status;
		Awaitility.await().untilAsserted(() -> assertThat(requests()).containsEntry(operation, 50L));
	}

	@Test
	void countsARequestThatCannotBeRead() {
		try (TestClient client = new TestClient(this.gateway.port(), "127.0.0.1")) {
			client.send("nonsense\r\n\r\n").readStatusLine();
		}
		Awaitility.await().untilAsserted(() -> assertThat(requests()).containsKey("none UNKNOWN 400"));
	}

	@Test
	void countsARequestWhoseClientLeaves() {
		try (TestClient client = new TestClient(this.gateway.port(), "127.0.0.1")) {
			client.send("GET /api/v1/feed/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
			Awaitility.await("the request arrives").until(() -> !this.feeds.requests().isEmpty());
			client.reset();
		}
		Awaitility.await().untilAsserted(() -> assertThat(requests()).containsEntry("feed-stream GET 499", 1L));
		assertThat(responses("feed-stream", "abandoned")).isEqualTo(1);
	}

	/** The failed attempt counts for the instance, not for the client. */
	@Test
	void countsARepeatedRequestOnce() {
		DisposableServer breaking = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive().asString().next().then())
			.bindNow();
		try (TestService working = TestService.responding(200, "{}");
				TestGateway two = TestGateway.with(TestGateway.instances("product-service",
						URI.create("http://127.0.0.1:" + breaking.port()), working.address()),
						"gateway.balance.probe-interval=1h")) {
			MeterRegistry meters = two.part(MeterRegistry.class);
			AtomicInteger sent = new AtomicInteger();
			Awaitility.await("a repeated request").until(() -> {
				two.client().get().uri("/api/v1/products").exchange().expectStatus().isOk();
				sent.incrementAndGet();
				return meters.get("retries")
					.tag("outcome", "done")
					.counters()
					.stream()
					.anyMatch((it) -> it.count() > 0);
			});
			assertThat(meters.get("gateway.requests").timers().stream().mapToLong(Timer::count).sum())
				.isEqualTo(sent.get());
		}
		finally {
			breaking.disposeNow();
		}
	}

	@Test
	void countsTheFilesOfTheBrowserClientTogether() {
		for (String path : List.of("/client.json", "/api/v1/docs", "/api/v1/openapi.json")) {
			send(HttpMethod.GET, path);
		}
		assertThat(requests()).containsEntry("files GET 200", 3L);
	}

	private void send(HttpMethod method, String path) {
		this.gateway.client().method(method).uri(path).exchange();
	}

	private String statusLine(String method, String target) {
		try (TestClient client = new TestClient(this.gateway.port(), "127.0.0.1")) {
			return client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
				.readStatusLine();
		}
	}

	private MeterRegistry meters() {
		return this.gateway.part(MeterRegistry.class);
	}

	/** Returns the number of requests by route, method and status. */
	private Map<String, Long> requests() {
		return meters().find("gateway.requests")
			.timers()
			.stream()
			.collect(Collectors.toMap((timer) -> String.join(" ", timer.getId().getTag("route"),
					timer.getId().getTag("method"), timer.getId().getTag("status")), Timer::count));
	}

	private double responses(String route, String outcome) {
		return meters().find("gateway.responses")
			.tags(Tags.of("route", route, "outcome", outcome))
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

}
