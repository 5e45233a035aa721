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
import dev.agora.gateway.TestService.Answer;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of an allowed site may read why it was refused, whoever in the gateway refused
 * it; one of any other site may not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsOfRefusalsTests {

	private static final String SHOP = "https://shop.example";

	private static final String GET = "GET /api/v1/feed HTTP/1.1\r\n";

	private static final String POST = "POST /api/v1/posts HTTP/1.1\r\n";

	private static final String ORIGIN = "Host: localhost\r\nOrigin: ORIGIN\r\n";

	/** As browsers write it: the origin comes late. */
	private static final String LATE = "Host: localhost\r\nX-Long: LONG\r\nOrigin: ORIGIN\r\n\r\n";

	private final TestService feeds = TestService
		.that((asked) -> asked.uri().contains("never") ? Mono.never() : Mono.just(new Answer(502, "{}")));

	private final TestGateway gateway = gateway("10000");

	private final TestGateway limited = gateway("1");

	private TestGateway gateway(String rate) {
		return TestGateway.with(TestGateway.clones("feed-service", this.feeds.address()),
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

	static Stream<Refused> refusals() {
		return Stream.of(new Refused(400, GET + ORIGIN + "X: a\u0001b\r\n\r\n"),
				new Refused(400, GET + "X: a\u0001b\r\n" + ORIGIN + "\r\n"),
				new Refused(400, GET + ORIGIN + "Host: other\r\n\r\n"),
				new Refused(400, "GET /api/v1/feed?x=%FF HTTP/1.1\r\n" + ORIGIN + "\r\n"),
				new Refused(400, "GET /api/v1/feed?x=\u00e9 HTTP/1.1\r\n" + ORIGIN + "\r\n"),
				new Refused(400, GET + ORIGIN + "Authorization: Bearer x\r\nContent-Length: x\r\n\r\n"),
				new Refused(400, "GET /api/v1/feed/../x HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Refused(400, POST + ORIGIN + "Transfer-Encoding: chunked\r\n\r\nx"),
				new Refused(401, GET + ORIGIN + "Authorization: Bearer x\r\nConnection: close\r\n\r\n"),
				new Refused(404, "GET /nowhere HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Refused(405, "TRACE /api/v1/feed HTTP/1.1\r\n" + ORIGIN + "\r\n"),
				new Refused(405, "PUT /api/v1/docs HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Refused(408, GET + ORIGIN), new Refused(408, POST + ORIGIN + "Content-Length: 5\r\n\r\nhel"),
				new Refused(413, POST + ORIGIN + "Connection: close\r\nContent-Length: 2000\r\n\r\n"),
				new Refused(414, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + LATE),
				new Refused(414, "GET /" + "x".repeat(90_000) + " HTTP/1.1\r\n" + LATE),
				new Refused(417, GET + ORIGIN + "Expect: miracles\r\n\r\n"),
				new Refused(431, GET + ORIGIN + "X: a\r\n".repeat(101) + "\r\n"),
				new Refused(431, GET + LATE.replace("LONG", "x".repeat(17_000))),
				new Refused(431, GET + LATE.replace("LONG", "x".repeat(90_000))),
				new Refused(431, GET + LATE.replace("LONG", "x".repeat(16_384 - 25 - 2))),
				new Refused(431, GET + ORIGIN + "X: " + "x".repeat(17_000) + "\r\n\r\n"),
				new Refused(501, POST + ORIGIN + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
				new Refused(502, GET + ORIGIN + "Connection: close\r\n\r\n"),
				new Refused(503, "GET /api/v1/products HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Refused(504, "GET /api/v1/feed/never HTTP/1.1\r\n" + ORIGIN + "Connection: close\r\n\r\n"),
				new Refused(505, "GET / HTTP/2.0\r\n" + ORIGIN + "\r\n"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void areForPagesOfAllowedSitesAlone(Refused refused) throws IOException {
		assertReadableBy(SHOP, refused, this.gateway);
		assertReadableBy("https://shop.example.evil", refused, this.gateway);
	}

	@Test
	void areReadWhereAnAddressAsksTooMuch() throws IOException {
		Refused tooMany = new Refused(429, GET + ORIGIN + "Connection: close\r\n\r\n");
		String answer = "";
		for (int i = 0; i < 100 && !answer.startsWith("HTTP/1.1 429 "); i++) {
			answer = TestWire.send(this.limited.port(), tooMany.bytes().replace("ORIGIN", SHOP));
		}
		assertReadable(SHOP, tooMany, answer);
	}

	private static void assertReadableBy(String origin, Refused refused, TestGateway gateway) throws IOException {
		assertReadable(origin, refused, TestWire.send(gateway.port(), refused.bytes().replace("ORIGIN", origin)));
	}

	private static void assertReadable(String origin, Refused refused, String answer) {
		assertThat(TestWire.statuses(answer)).as(answer).containsExactly(refused.status());
		assertThat(answer).containsPattern("(?i)\r\nVary: (accept-encoding, )?origin\r\n");
		if (origin.equals(SHOP)) {
			assertThat(answer).containsIgnoringCase("\r\nAccess-Control-Allow-Origin: " + SHOP + "\r\n")
				.containsIgnoringCase("\r\nAccess-Control-Allow-Credentials: true\r\n")
				.containsIgnoringCase("\r\nAccess-Control-Expose-Headers: ");
		}
		else {
			assertThat(answer).doesNotContainIgnoringCase("\r\nAccess-Control-");
		}
	}

	/**
	 * What is sent, with ORIGIN for where the page comes from, and the answer's status.
	 */
	record Refused(int status, String bytes) {

		@Override
		public String toString() {
			return this.status + " " + this.bytes.substring(0, Math.min(40, this.bytes.length())).strip();
		}

	}

}
