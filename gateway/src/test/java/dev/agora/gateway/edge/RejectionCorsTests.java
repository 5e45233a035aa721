package dev.agora.gateway.edge;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of an allowed site may read why its request was rejected, in whichever part of
 * the gateway that was; a page of any other site may not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectionCorsTests {

	private static final String SHOP = "https://shop.example";

	private static final String GET = "GET /api/v1/feed HTTP/1.1\r\n";

	private static final String POST = "POST /api/v1/posts HTTP/1.1\r\n";

	private static final String ORIGIN = "Host: localhost\r\nOrigin: ORIGIN\r\n";

	/** The {@code Origin} is one of the last headers, as browsers send it. */
	private static final String LATE = "Host: localhost\r\nX-Long: LONG\r\nOrigin: ORIGIN\r\n\r\n";

	private final TestService feeds = TestService.respondingWith(
			(request) -> request.uri().contains("never") ? Mono.never() : Mono.just(new Response(502, "{}")));

	private final TestGateway gateway = gateway("10000");

	private final TestGateway limited = gateway("1");

	private TestGateway gateway(String rate) {
		return TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
				"agora.clones.product-service=http://127.0.0.1:1", "gateway.edge.cors.allowed-origins=" + SHOP,
				"gateway.edge.request-timeout=1s", "gateway.deadline.timeout=1s", "gateway.limit.rate.address=" + rate,
				"gateway.limit.rate.address-burst=" + rate, "gateway.limit.body=1KB");
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.limited.close();
		this.feeds.close();
	}

	static Stream<Rejection> rejections() {
		return Stream.of(new Rejection(400, GET + ORIGIN + "X: a\u0001b\r\n\r\n"),
				new Rejection(400, GET + "X: a\u0001b\r\n" + ORIGIN + "\r\n"),
				new Rejection(400, GET + ORIGIN + "Host: other\r\n\r\n"),
				new Rejection(400, "GET /api/v1/feed?x=%FF HTTP/1.1\r\n" + ORIGIN + "\r\n"),
				new Rejection(400, "GET /api/v1/feed?x=\u00e9 HTTP/1.1\r\n" + ORIGIN + "\r\n"),
				new Rejection(400, GET + ORIGIN + "Authorization: Bearer x\r\nContent-Length: x\r\n\r\n"),
				new Rejection(400, "GET /api/v1/feed/../x HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Rejection(400, POST + ORIGIN + "Transfer-Encoding: chunked\r\n\r\nx"),
				new Rejection(401, GET + ORIGIN + "Authorization: Bearer x\r\nConnection: close\r\n\r\n"),
				new Rejection(404, "GET /nowhere HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Rejection(405, "TRACE /api/v1/feed HTTP/1.1\r\n" + ORIGIN + "\r\n"),
				new Rejection(405, "PUT /api/v1/docs HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Rejection(408, GET + ORIGIN), new Rejection(408, POST + ORIGIN + "Content-Length: 5\r\n\r\nhel"),
				new Rejection(413, POST + ORIGIN + "Connection: close\r\nContent-Length: 2000\r\n\r\n"),
				new Rejection(414, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + LATE),
				new Rejection(414, "GET /" + "x".repeat(90_000) + " HTTP/1.1\r\n" + LATE),
				new Rejection(417, GET + ORIGIN + "Expect: miracles\r\n\r\n"),
				new Rejection(431, GET + ORIGIN + "X: a\r\n".repeat(101) + "\r\n"),
				new Rejection(431, GET + LATE.replace("LONG", "x".repeat(17_000))),
				new Rejection(431, GET + LATE.replace("LONG", "x".repeat(90_000))),
				new Rejection(431, GET + LATE.replace("LONG", "x".repeat(16_384 - 25 - 2))),
				new Rejection(431, GET + ORIGIN + "X: " + "x".repeat(17_000) + "\r\n\r\n"),
				new Rejection(501, POST + ORIGIN + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
				new Rejection(502, GET + ORIGIN + "Connection: close\r\n\r\n"),
				new Rejection(503, "GET /api/v1/products HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Rejection(504, "GET /api/v1/feed/never HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Rejection(505, "GET / HTTP/2.0\r\n" + ORIGIN + "\r\n"));
	}

	@ParameterizedTest
	@MethodSource("rejections")
	void areReadableByPagesOfAllowedSitesOnly(Rejection rejection) throws IOException {
		assertReadableBy(SHOP, rejection, this.gateway);
		assertReadableBy("https://shop.example.evil", rejection, this.gateway);
	}

	@Test
	void areReadableAt429() throws IOException {
		Rejection tooMany = new Rejection(429, GET + ORIGIN + "Connection: close\r\n\r\n");
		String response = "";
		for (int i = 0; i < 100 && !response.startsWith("HTTP/1.1 429 "); i++) {
			response = TestWire.send(this.limited.port(), tooMany.bytes().replace("ORIGIN", SHOP));
		}
		assertReadable(SHOP, tooMany, response);
	}

	private static void assertReadableBy(String origin, Rejection rejection, TestGateway gateway) throws IOException {
		assertReadable(origin, rejection, TestWire.send(gateway.port(), rejection.bytes().replace("ORIGIN", origin)));
	}

	private static void assertReadable(String origin, Rejection rejection, String response) {
		assertThat(TestWire.statuses(response)).as(response).containsExactly(rejection.status());
		assertThat(response).containsPattern("(?i)\r\nVary: (accept-encoding, )?origin\r\n");
		if (origin.equals(SHOP)) {
			assertThat(response).containsIgnoringCase("\r\nAccess-Control-Allow-Origin: " + SHOP + "\r\n")
				.containsIgnoringCase("\r\nAccess-Control-Allow-Credentials: true\r\n")
				.containsIgnoringCase("\r\nAccess-Control-Expose-Headers: ");
		}
		else {
			assertThat(response).doesNotContainIgnoringCase("\r\nAccess-Control-");
		}
	}

	/**
	 * A request, with ORIGIN for the origin of the page, and the status of its response.
	 */
	record Rejection(int status, String bytes) {

		@Override
		public String toString() {
			return this.status + " " + this.bytes.substring(0, Math.min(40, this.bytes.length())).strip();
		}

	}

}
