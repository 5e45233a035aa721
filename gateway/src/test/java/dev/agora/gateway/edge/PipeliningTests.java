package dev.agora.gateway.edge;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipeliningTests {

	private static final int REQUESTS = 20;

	private static final String LARGE = "x".repeat(500_000);

	private final AtomicInteger large = new AtomicInteger();

	private final TestService products = TestService.respondingWith((request) -> {
		String number = request.uri().substring("/products/".length());
		if (number.startsWith("s")) {
			return Mono.just(new Response(200, "small"));
		}
		this.large.incrementAndGet();
		return Mono.just(new Response(200, "<" + number + ">" + LARGE));
	});

	private final TestGateway gateway = TestGateway
		.with(TestGateway.instances("product-service", this.products.address()));

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.close();
	}

	@Test
	void startsARequestAfterTheResponseBeforeItIsRead() {
		int before = this.large.get();
		try (TestClient slow = client("127.0.0.2").send(requests("", REQUESTS))) {
			assertThat(slow.readStatusLine()).isEqualTo("HTTP/1.1 200");
			for (int i = 0; i < 50; i++) {
				try (TestClient other = client("127.0.0.1").send(request("s" + i, "close"))) {
					assertThat(other.readAll()).startsWith("HTTP/1.1 200").endsWith("small");
				}
			}
			assertThat(this.large.get() - before).isEqualTo(1);
		}
	}

	@Test
	void answersAllRequestsInTheirOrder() {
		String order = IntStream.range(0, REQUESTS).mapToObj((i) -> "<" + i + ">").collect(joining());
		try (TestClient client = client("127.0.0.3")
			.send(requests("", REQUESTS - 1) + request(String.valueOf(REQUESTS - 1), "close"))) {
			assertThat(client.readAll().replaceAll("[^<>]*(<\\d+>)[^<>]*", "$1")).isEqualTo(order);
		}
	}

	/**
	 * More requests than the gateway reads ahead, so that it has to resume reading in
	 * between.
	 */
	@Test
	void answersManyRequestsThatArriveAtOnce() {
		int many = 300;
		String padding = "keep-alive\r\nX-Padding: " + "x".repeat(700);
		String requests = request("s", padding).repeat(many) + request("s", "close");
		try (TestClient client = client("127.0.0.4").send(requests)) {
			assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(many + 2);
		}
	}

	@Test
	void answersRequestsWithBodiesThatArriveAtOnce() {
		String post = "POST /api/v1/products/s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n"
				+ "x".repeat(20_000);
		try (TestClient client = client("127.0.0.5").send(post.repeat(20) + request("s", "close"))) {
			assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(22);
		}
	}

	private TestClient client(String from) {
		return new TestClient(this.gateway.port(), from);
	}

	private static String requests(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> request(prefix + i, "keep-alive")).collect(joining());
	}

	private static String request(String number, String connection) {
		return "GET /api/v1/products/" + number + " HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection
				+ "\r\n\r\n";
	}

}
