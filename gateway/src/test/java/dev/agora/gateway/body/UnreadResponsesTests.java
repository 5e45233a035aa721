package dev.agora.gateway.body;

import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.epoll.EpollChannelOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

import dev.agora.gateway.TestClient;
import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadResponsesTests {

	private static final String LARGE = "{\"text\":\"" + "x".repeat(12_000_000) + "\"}";

	private static final String REQUEST = "GET /api/v1/products/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private final TestService products = TestService.respondingWith((request) -> Mono.just(new Response(200, LARGE)));

	private final TestGateway patient = gateway("60s", "4MB");

	private final TestGateway impatient = gateway("1s", "200MB");

	private TestGateway gateway(String stallTimeout, String memory) {
		return TestGateway.with(TestGateway.instances("product-service", this.products.address()),
				"gateway.edge.request-timeout=" + stallTimeout, "gateway.body.unread-memory=" + memory);
	}

	@AfterAll
	void close() {
		this.patient.close();
		this.impatient.close();
		this.products.close();
	}

	/** Only a cut network shows the effect, since the option belongs to the kernel. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void endsConnectionsWhoseClientsAcknowledgeNothing() {
		assertThat(acknowledgeTimeout(this.impatient)).isEqualTo(30_000);
		assertThat(acknowledgeTimeout(this.patient)).as("not before a stalled one").isEqualTo(60_000);
	}

	private static @Nullable Object acknowledgeTimeout(TestGateway gateway) {
		return gateway.part(UnreadResponses.class)
			.apply(HttpServer.create())
			.configuration()
			.childOptions()
			.get(EpollChannelOption.TCP_USER_TIMEOUT);
	}

	@Test
	void closesTheConnectionsWithMostUnreadBytesWhenMemoryIsUsed() {
		List<TestClient> clients = IntStream.range(0, 10)
			.mapToObj((i) -> new TestClient(this.patient.port(), "127.0.0.2").send(REQUEST))
			.toList();
		await().atMost(ofSeconds(60)).until(() -> aborted(this.patient, "memory") > 0 && unread() <= 4 << 20);
		try (TestClient reader = new TestClient(this.patient.port(), "127.0.0.1").send(REQUEST)) {
			assertThat(reader.readStatusLine()).isEqualTo("HTTP/1.1 200");
		}
		clients.forEach(TestClient::reset);
		await().atMost(ofSeconds(60)).until(() -> unread() == 0);
		assertThat(aborted(this.patient, "stalled")).isZero();
	}

	@Test
	void closesAConnectionWhoseClientStopsReading() {
		try (TestClient client = new TestClient(this.impatient.port(), "127.0.0.2").send(REQUEST)) {
			assertThat(client.readStatusLine()).isEqualTo("HTTP/1.1 200");
			await().atMost(ofSeconds(60)).until(() -> aborted(this.impatient, "stalled") == 1);
			assertThat(client.readAll().length()).isLessThan(LARGE.length());
		}
	}

	private double unread() {
		return this.patient.part(MeterRegistry.class).get("responses.unread").gauge().value();
	}

	private static double aborted(TestGateway gateway, String reason) {
		return gateway.part(MeterRegistry.class).get("responses.aborted").tag("reason", reason).counter().count();
	}

}
