package dev.agora.gateway.edge;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.ReceivedRequest;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Valid requests that the strict checks must not reject, and uses of the header
 * {@code Connection} that must have no effect.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WellFormedRequestsTests {

	private static final String GET = "GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()));

	@BeforeEach
	void clearRequests() {
		this.feeds.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
	}

	@Test
	void forwardsBodiesInPiecesOfAnySize() throws IOException {
		for (int size : List.of(1, 2, 7, 64, 10_000)) {
			this.feeds.clearRequests();
			assertThat(statuses(size, "\r\n" + post("Content-Length: 11", "hello world"),
					post("Transfer-Encoding: Chunked", "5;a=b\r\nhello\r\n006\r\n world\r\n0\r\n\r\n"),
					post("Content-Length: 0", ""), post("content-length: 14", "\r\n GET / x\r\n\r\n"), GET))
				.containsExactly(200, 200, 200, 200, 200);
			assertThat(this.feeds.requests()).extracting(ReceivedRequest::body)
				.containsExactly("hello world", "hello world", "", "\r\n GET / x\r\n\r\n", "");
		}
	}

	@Test
	void readsRequestsThatArriveTogether() throws IOException {
		assertThat(
				statuses(10_000,
						post("Content-Length: 5", "hello")
								+ post("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n") + GET,
						GET))
			.hasSize(4)
			.containsOnly(200);
		assertThat(this.feeds.requests()).extracting(ReceivedRequest::body).containsExactly("hello", "hello", "", "");
	}

	@Test
	void acceptsHostsOfAllForms() throws IOException {
		for (String host : List.of("localhost", "localhost:8080", "127.0.0.1:80", "[::1]:8080", "[2001:db8::1]",
				"a-b.c_d")) {
			assertThat(statuses(64, "GET /api/v1/feed HTTP/1.1\r\nHost: " + host + "\r\n\r\n", GET))
				.containsExactly(200, 200);
		}
		assertThat(statuses(64, "GET http://localhost/api/v1/feed HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n", GET))
			.containsExactly(200, 200);
		assertThat(statuses(64, "GET /api/v1/feed HTTP/1.0\r\n\r\n")).containsExactly(200);
		assertThat(this.feeds.requests()).extracting(ReceivedRequest::uri).containsOnly("/feed");
	}

	@Test
	void keepsItsHeadersThatConnectionNames() throws IOException {
		String named = "X-Agora-Identity, X-Request-Id, X-Forwarded-For, traceparent, X-Request-Timeout, "
				+ "Content-Length, Host";
		assertThat(statuses(64, post("Content-Length: 5\r\nConnection: " + named, "hello"), GET)).containsExactly(200,
				200);
		ReceivedRequest request = this.feeds.requests().get(0);
		assertThat(request.body()).isEqualTo("hello");
		assertThat(request.headers()).containsKeys("x-request-id", "traceparent", "x-request-timeout", "host")
			.containsEntry("x-forwarded-for", "127.0.0.1")
			.doesNotContainKeys("connection");
	}

	@Test
	void switchesToNoOtherProtocol() throws IOException {
		assertThat(statuses(64, """
				GET /api/v1/feed HTTP/1.1\r
				Host: localhost\r
				Connection: Upgrade, HTTP2-Settings\r
				Upgrade: h2c\r
				HTTP2-Settings: AAMAAABkAAQAAP__\r
				\r
				""", GET)).containsExactly(200, 200);
		assertThat(statuses(64, """
				GET /api/v1/feed HTTP/1.1\r
				Host: localhost\r
				Connection: Upgrade\r
				Upgrade: websocket\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				Sec-WebSocket-Version: 13\r
				\r
				""", GET)).containsExactly(200, 200);
		assertThat(this.feeds.requests())
			.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKeys("upgrade", "connection"));
	}

	@Test
	void respondsToExpectContinue() throws IOException {
		assertThat(statuses(1, post("Content-Length: 5\r\nExpect: 100-continue", "hello"), GET)).containsExactly(100,
				200, 200);
		assertThat(this.feeds.requests().get(0).body()).isEqualTo("hello");
	}

	/**
	 * The statuses of the responses to requests on one connection, each sent in pieces of
	 * a size.
	 */
	private List<Integer> statuses(int size, String... requests) throws IOException {
		return TestWire.statuses(TestWire.sendInTurn(this.gateway.port(), size, requests));
	}

	private static String post(String header, String body) {
		return "POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n" + body;
	}

}
