package dev.agora.gateway.edge;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.ReceivedRequest;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that two servers could interpret differently: each gets its status and ends
 * its connection, and no service receives anything of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTests {

	private static final String POST = "POST /api/v1/posts HTTP/1.1\r\n";

	private static final String HOST = "Host: localhost\r\n";

	private static final String CHUNKED = POST + HOST + "Transfer-Encoding: chunked\r\n\r\n";

	private static final String HIDDEN = "GET /api/v1/feed/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final List<String> UNKNOWN_CODINGS = List.of("Transfer-Encoding: gzip, chunked",
			"Transfer-Encoding: identity, chunked", "Transfer-Encoding: chunked,", "Transfer-Encoding: ,chunked",
			"Transfer-Encoding: x\r\nTransfer-Encoding: chunked");

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()));

	private final WebTestClient client = this.gateway.client();

	@BeforeEach
	void clearRequests() {
		this.feeds.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
	}

	static Stream<Case> lengths() {
		String hello = "\r\nhello" + HIDDEN;
		return Stream.of(
				new Case("Content-Length and Transfer-Encoding", 400,
						POST + HOST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN),
				new Case("Transfer-Encoding and Content-Length", 400,
						POST + HOST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN),
				new Case("Content-Length twice, the same", 400,
						POST + HOST + "Content-Length: 5\r\nContent-Length: 5\r\n" + hello),
				new Case("Content-Length twice, differing", 400,
						POST + HOST + "Content-Length: 5\r\nContent-Length: 0\r\n" + hello),
				new Case("Content-Length as a list", 400, POST + HOST + "Content-Length: 5, 5\r\n" + hello),
				new Case("Content-Length with a plus", 400, POST + HOST + "Content-Length: +5\r\n" + hello),
				new Case("Content-Length with a minus", 400, POST + HOST + "Content-Length: -5\r\n" + hello),
				new Case("Content-Length with a space within", 400, POST + HOST + "Content-Length: 5 5\r\n" + hello),
				new Case("Content-Length in hex", 400, POST + HOST + "Content-Length: 0x5\r\n" + hello),
				new Case("Content-Length without a number", 400, POST + HOST + "Content-Length: \r\n" + hello),
				new Case("Content-Length over 64 bits", 400,
						POST + HOST + "Content-Length: 18446744073709551621\r\n" + hello),
				new Case("Content-Length : with a space before the colon", 400,
						POST + HOST + "Content-Length : 5\r\n" + hello),
				new Case("a web socket's unannounced body", 400, "GET /api/v1/feed HTTP/1.1\r\n" + HOST
						+ "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n12345678" + HIDDEN));
	}

	static Stream<Case> codings() {
		return Stream
			.of("chunked\r\nTransfer-Encoding: chunked", "chunked, chunked", "chunked, identity", "identity",
					"identity, chunked", "gzip, chunked", "xchunked", "chunkedx", "chunked;a=b", "\"chunked\"",
					"chunked,", ",chunked", "chun ked", "\u000bchunked", "chunked\u000b", "\u0000chunked", "",
					"chunked\r\nTransfer-Encoding: x", "x\r\nTransfer-Encoding: chunked", "\r\n chunked")
			.map((coding) -> coding("Transfer-Encoding: " + coding));
	}

	static Stream<Case> codingNames() {
		return Stream.of(coding("Transfer-Encoding : chunked"), coding("Transfer-Encoding\t: chunked"),
				coding(" Transfer-Encoding: chunked"), coding("X: y\r\n Transfer-Encoding: chunked"),
				coding("Transfer-Encoding\u0000: chunked"), coding("X: y\nTransfer-Encoding: chunked"),
				coding("X: y\rTransfer-Encoding: chunked"),
				new Case("Transfer-Encoding in HTTP/1.0", 400, "POST /api/v1/posts HTTP/1.0\r\n" + HOST
						+ "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN));
	}

	private static Case coding(String header) {
		int status = UNKNOWN_CODINGS.contains(header) ? 501 : 400;
		return new Case(header, status, POST + HOST + header + "\r\n\r\n0\r\n\r\n" + HIDDEN);
	}

	static Stream<Case> chunks() {
		return Stream.of(chunk("a size of 0x5", "0x5\r\nhello\r\n0\r\n\r\n"),
				chunk("a negative size", "-5\r\nhello\r\n0\r\n\r\n"),
				chunk("a size with a plus", "+5\r\nhello\r\n0\r\n\r\n"),
				chunk("a size with a space before", " 5\r\nhello\r\n0\r\n\r\n"),
				chunk("a size with a space behind", "5 \r\nhello\r\n0\r\n\r\n"),
				chunk("a size with an underscore", "0_5\r\nhello\r\n0\r\n\r\n"),
				chunk("no size", "\r\nhello\r\n0\r\n\r\n"),
				chunk("a size over 32 bits", "100000005\r\nhello\r\n0\r\n\r\n"),
				chunk("a size over 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
				chunk("a size with many noughts", "00000000000000005\r\nhello\r\n0\r\n\r\n"),
				chunk("a size that ends in a bare LF", "5\nhello\r\n0\r\n\r\n"),
				chunk("a size that ends in a bare CR", "5\rhello\r\n0\r\n\r\n"),
				chunk("a chunk longer than its size", "5\r\nhello!\r\n0\r\n\r\n"),
				chunk("a chunk that ends in a bare LF", "5\r\nhello\n0\r\n\r\n"),
				chunk("a chunk without an end of line", "5\r\nhello0\r\n\r\n"),
				chunk("an extension with a bare LF", "5;a\nb\r\nhello\r\n0\r\n\r\n"),
				chunk("an extension with a bare CR", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
				chunk("an extension with a NUL", "5;a\u0000\r\nhello\r\n0\r\n\r\n"),
				chunk("an extension without a size", ";a=b\r\nhello\r\n0\r\n\r\n"),
				chunk("a long extension", "5;" + "a".repeat(200) + "\r\nhello\r\n0\r\n\r\n"),
				chunk("a last chunk that ends in a bare LF", "0\n\r\n"), chunk("an end in a bare LF", "0\r\n\n"),
				chunk("Content-Length in the trailers", "0\r\nContent-Length: 5\r\n\r\n"),
				chunk("Transfer-Encoding in the trailers", "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
				chunk("Host in the trailers", "0\r\nHost: other\r\n\r\n"),
				chunk("Authorization in the trailers", "0\r\nAuthorization: Bearer x\r\n\r\n"),
				chunk("X-Agora-Identity in the trailers", "0\r\nX-Agora-Identity: x\r\n\r\n"));
	}

	private static Case chunk(String name, String body) {
		return new Case(name, 400, CHUNKED + body + HIDDEN);
	}

	static Stream<Case> hosts() {
		String get = "GET /api/v1/feed HTTP/1.1\r\n";
		return Stream.of(new Case("no Host", 400, get + "\r\n" + HIDDEN),
				new Case("an empty Host", 400, get + "Host: \r\n\r\n" + HIDDEN),
				new Case("two Hosts", 400, get + HOST + "Host: other\r\n\r\n" + HIDDEN),
				new Case("the same Host twice", 400, get + HOST + HOST + "\r\n" + HIDDEN),
				new Case("a Host with a list", 400, get + "Host: localhost, other\r\n\r\n" + HIDDEN),
				new Case("a Host with a path", 400, get + "Host: localhost/x\r\n\r\n" + HIDDEN),
				new Case("a Host with a user", 400, get + "Host: a@localhost\r\n\r\n" + HIDDEN),
				new Case("a Host with a space", 400, get + "Host: local host\r\n\r\n" + HIDDEN),
				new Case("a Host with a bad port", 400, get + "Host: localhost:80x\r\n\r\n" + HIDDEN),
				new Case("a Host with bad brackets", 400, get + "Host: [::1\r\n\r\n" + HIDDEN),
				new Case("Host : with a space before the colon", 400, get + "Host : localhost\r\n\r\n" + HIDDEN),
				new Case("an address of another host", 400,
						"GET http://other/api/v1/feed HTTP/1.1\r\n" + HOST + "\r\n" + HIDDEN),
				new Case("an address with a user", 400,
						"GET http://a@localhost/api/v1/feed HTTP/1.1\r\n" + HOST + "\r\n" + HIDDEN),
				new Case("an address of another scheme", 400,
						"GET ftp://localhost/api/v1/feed HTTP/1.1\r\n" + HOST + "\r\n" + HIDDEN),
				new Case("an address without a path", 400, "GET localhost HTTP/1.1\r\n" + HOST + "\r\n" + HIDDEN),
				new Case("an address with a fragment", 400, "GET /api/v1/feed#x HTTP/1.1\r\n" + HOST + "\r\n" + HIDDEN),
				new Case("an asterisk", 400, "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n" + HIDDEN));
	}

	static Stream<Case> lines() {
		String path = "/api/v1/feed";
		String end = HOST + "\r\n" + HIDDEN;
		return Stream.of(new Case("CONNECT", 405, "CONNECT localhost:80 HTTP/1.1\r\n" + end),
				new Case("TRACE", 405, "TRACE " + path + " HTTP/1.1\r\n" + end),
				new Case("an unknown method", 405, "GETS " + path + " HTTP/1.1\r\n" + end),
				new Case("a method in lower case", 405, "get " + path + " HTTP/1.1\r\n" + end),
				new Case("the preface of HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN),
				new Case("HTTP/2.0", 505, "GET " + path + " HTTP/2.0\r\n" + end),
				new Case("HTTP/1.2", 505, "GET " + path + " HTTP/1.2\r\n" + end),
				new Case("HTTP/0.9", 400, "GET " + path + "\r\n" + end),
				new Case("a lower-case version", 400, "GET " + path + " http/1.1\r\n" + end),
				new Case("two spaces in the request line", 400, "GET  " + path + " HTTP/1.1\r\n" + end),
				new Case("a tab in the request line", 400, "GET\t" + path + " HTTP/1.1\r\n" + end),
				new Case("a bare CR in the request line", 400, "GET " + path + "\rHTTP/1.1\r\n" + end),
				new Case("a space before the request line", 400, " GET " + path + " HTTP/1.1\r\n" + end),
				new Case("a space behind the request line", 400, "GET " + path + " HTTP/1.1 \r\n" + end),
				new Case("a request line that ends in a bare LF", 400, "GET " + path + " HTTP/1.1\n" + end),
				new Case("a byte over 127 in the request line", 400, "GET " + path + "\u00ff HTTP/1.1\r\n" + end),
				new Case("a NUL in the request line", 400, "GET " + path + "\u0000 HTTP/1.1\r\n" + end),
				new Case("two empty lines before the request", 400, "\r\n\r\nGET " + path + " HTTP/1.1\r\n" + end),
				field("a folded header", "X: a\r\n b"), field("a header folded by a tab", "X: a\r\n\tb"),
				field("a bare CR in a header", "X: a\rb"), field("a bare LF in a header", "X: a\nb"),
				field("a NUL in a header", "X: a\u0000b"), field("a NUL in a header's name", "X\u0000: a"),
				field("a control character in a header", "X: a\u0008b"), field("a header without a colon", "Xa"),
				field("a header without a name", ": a"), field("a space in a header's name", "X Y: a"),
				new Case("a head that ends in bare LFs", 400,
						"GET " + path + " HTTP/1.1\r\nHost: localhost\n\n" + HIDDEN),
				new Case("an expectation that nobody can meet", 417,
						"GET " + path + " HTTP/1.1\r\nExpect: miracles\r\n" + end),
				new Case("more than 100 headers", 431, "GET " + path + " HTTP/1.1\r\n" + "X: a\r\n".repeat(101) + end));
	}

	private static Case field(String name, String field) {
		return new Case(name, 400, "GET /api/v1/feed HTTP/1.1\r\n" + HOST + field + "\r\n\r\n" + HIDDEN);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "lengths", "codings", "codingNames", "chunks", "hosts", "lines" })
	void rejectsAmbiguousFraming(Case attempt) throws IOException {
		String responses = TestWire.send(this.gateway.port(), attempt.bytes());
		assertThat(TestWire.statuses(responses)).as(responses).containsExactly(attempt.status());
		assertThat(responses).contains("application/problem+json");
		assertThat(seen()).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "lengths", "codings", "codingNames", "chunks", "hosts", "lines" })
	void rejectsAmbiguousFramingAfterAValidRequestAndByteByByte(Case attempt) throws IOException {
		String good = "GET /api/v1/feed/good HTTP/1.1\r\nHost: localhost\r\n\r\n";
		String responses = TestWire.send(this.gateway.port(), (good + attempt.bytes()).split("(?s)(?<=.)", 400));
		assertThat(TestWire.statuses(responses)).as(responses).containsExactly(200, attempt.status());
		assertThat(seen()).containsExactly("/feed/good");
	}

	/** The requests that services received, after another request has been served. */
	private List<String> seen() {
		this.client.get().uri("/api/v1/feed/last").exchange().expectStatus().isOk();
		return this.feeds.requests()
			.stream()
			.map(ReceivedRequest::uri)
			.filter((uri) -> !uri.equals("/feed/last"))
			.toList();
	}

	/** A request, valid or not, and the status of its response. */
	record Case(String name, int status, String bytes) {

		@Override
		public String toString() {
			return this.name.replace("\r", "\\r")
				.replace("\n", "\\n")
				.replace("\t", "\\t")
				.replace("\u0000", "\\0")
				.replace("\u000b", "\\v");
		}

	}

}
