package dev.agora.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.agora.gateway.TestGateway;
import dev.agora.platform.web.RequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** Server-sent events of a service through the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerSentEventsTests {

	private static final int PATIENCE_MILLIS = 30_000;

	private final Map<String, Sinks.Many<String>> streams = new ConcurrentHashMap<>();

	private final Map<String, String> timeouts = new ConcurrentHashMap<>();

	private final DisposableServer service = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(this::serve)
		.bindNow();

	private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
		if (!request.uri().endsWith("/events")) {
			return response.status(200).send();
		}
		Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();
		this.streams.put(request.uri(), events);
		this.timeouts.put(request.uri(), String.valueOf(request.requestHeaders().get(RequestFilter.TIMEOUT)));
		return response.header("Content-Type", "text/event-stream")
			.sse()
			.sendString(Flux.just(":\n\n").concatWith(events.asFlux()))
			.then();
	}

	/**
	 * Its deadline is short, it admits one request at a time, and pools one connection.
	 */
	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("product-service", URI.create("http://127.0.0.1:" + this.service.port())),
			"gateway.deadline.timeout=2s", "gateway.shed.in-flight=1", "gateway.shed.initial=1", "agora.drain.delay=0s",
			"spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=1");

	@AfterAll
	void close() {
		this.gateway.close();
		this.service.disposeNow();
	}

	@Test
	@Order(1)
	void sendsEachEventAtOnceAndOutlivesTheDeadline() throws IOException {
		try (Socket client = connect("a")) {
			InputStream in = client.getInputStream();
			readUntil(in, ":\n\n");
			send("a", "data: first\n\n");
			assertThat(readUntil(in, "data: first\n\n")).endsWith("data: first\n\n");
			Flux.interval(Duration.ofMillis(250)).take(10).subscribe((tick) -> send("a", "data: " + tick + "\n\n"));
			assertThat(readUntil(in, "data: 9\n\n")).endsWith("data: 9\n\n");
			assertThat(this.timeouts).as("the service gets no deadline")
				.containsEntry("/products/jobs/a/events", "null");
		}
	}

	@Test
	@Order(2)
	void occupiesNoPermitOfTheLoadShedding() throws IOException {
		try (Socket one = connect("b"); Socket two = connect("c")) {
			assertThat(readUntil(one.getInputStream(), ":\n\n")).contains(" 200 ");
			assertThat(readUntil(two.getInputStream(), ":\n\n")).contains(" 200 ");
		}
	}

	@Test
	@Order(3)
	void leaveThePooledConnectionsToOtherRequests() throws IOException {
		try (Socket one = connect("g"); Socket two = connect("h"); Socket other = request("/api/v1/products")) {
			assertThat(readUntil(one.getInputStream(), ":\n\n")).contains(" 200 ");
			assertThat(readUntil(two.getInputStream(), ":\n\n")).contains(" 200 ");
			assertThat(readUntil(other.getInputStream(), "\r\n\r\n")).contains(" 200 ");
		}
	}

	@Test
	@Order(3)
	void isNotCompressed() throws IOException {
		try (Socket client = connect("d")) {
			assertThat(readUntil(client.getInputStream(), ":\n\n")).doesNotContainIgnoringCase("content-encoding");
		}
	}

	@Test
	@Order(4)
	void endsAtTheServiceWhenTheClientLeaves() throws IOException {
		try (Socket client = connect("e")) {
			readUntil(client.getInputStream(), ":\n\n");
		}
		Awaitility.await("the service's stream is cancelled")
			.atMost(Duration.ofSeconds(30))
			.until(() -> stream("e").currentSubscriberCount() == 0);
	}

	@Test
	@Order(5)
	void endsInOrderWhenTheGatewayDrains() throws IOException {
		try (Socket client = connect("f")) {
			InputStream in = client.getInputStream();
			readUntil(in, ":\n\n");
			this.gateway.drain();
			assertThat(readUntil(in, "0\r\n\r\n")).as("the last chunk").endsWith("0\r\n\r\n");
		}
	}

	private Socket connect(String job) throws IOException {
		return request("/api/v1/products/jobs/" + job + "/events");
	}

	private Socket request(String path) throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), this.gateway.port());
		client.setSoTimeout(PATIENCE_MILLIS);
		client.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n"
					+ "Accept: text/event-stream\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	private void send(String job, String event) {
		stream(job).tryEmitNext(event).orThrow();
	}

	private Sinks.Many<String> stream(String job) {
		return this.streams.get("/products/jobs/" + job + "/events");
	}

	/** Reads until a text has arrived. */
	private static String readUntil(InputStream in, String end) throws IOException {
		StringBuilder read = new StringBuilder();
		try {
			while (read.indexOf(end) < 0) {
				int next = in.read();
				if (next < 0) {
					break;
				}
				read.append((char) next);
			}
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("This had arrived before the time-out: " + read, ex);
		}
		return read.toString();
	}

}
