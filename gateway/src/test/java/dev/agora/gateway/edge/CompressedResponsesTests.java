package dev.agora.gateway.edge;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/** The headers of the two forms of a response, plain and compressed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressedResponsesTests {

	private static final String LONG = "{\"text\":\"" + "long ".repeat(500) + "\"}";

	private static final String CONTRACT = "/api/v1/openapi.json";

	private final DisposableServer products = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(CompressedResponsesTests::response)
		.bindNow();

	private final TestGateway gateway = TestGateway
		.with("agora.clones.product-service=http://127.0.0.1:" + this.products.port());

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.disposeNow();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
			/api/v1/products/1       | gzip                           | "5--gzip"
			/api/v1/products/1       | gzip;q=0.5, identity;q=0.1     | "5--gzip"
			/api/v1/products/1       | deflate                        | "5--deflate"
			/api/v1/products/1       | identity                       | "5"
			/api/v1/products/1       | gzip;q=0                       | "5"
			/api/v1/products/1/short | gzip                           | "5"
			/api/v1/products/1/weak  | gzip                           | W/"5"
			""")
	void haveAnEntityTagForEachForm(String path, String accepted, String tag) throws IOException {
		Map<String, String> response = head("GET", path, "Accept-Encoding: " + accepted);
		assertThat(response).containsEntry("", "HTTP/1.1 200 OK")
			.containsEntry("etag", tag)
			.containsEntry("vary", "accept-encoding");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
			gzip     | "5--gzip"         | "5--gzip"
			gzip     | "5"               | "5"
			gzip     | "4", "5--gzip"    | "5--gzip"
			gzip     | W/"5--gzip"       | "5--gzip"
			gzip     | W/"5"             | "5"
			gzip     | "5", "5--gzip"    | "5--gzip"
			gzip     | *                 | "5"
			identity | "5"               | "5"
			identity | "5--gzip"         | "5"
			""")
	void areNotSentAgainIfTheClientHasEitherForm(String accepted, String sent, String tag) throws IOException {
		for (String method : new String[] { "GET", "HEAD" }) {
			Map<String, String> response = head(method, "/api/v1/products/1",
					"Accept-Encoding: " + accepted + "\r\nIf-None-Match: " + sent);
			assertThat(response).containsEntry("", "HTTP/1.1 304 Not Modified")
				.containsEntry("etag", tag)
				.containsEntry("vary", "accept-encoding")
				.doesNotContainKeys("content-encoding");
		}
	}

	@Test
	void areSentAgainIfTheClientHasAnotherVersion() throws IOException {
		for (String sent : new String[] { "\"4\"", "\"4--gzip\"", "\"5--other\"", "\"5--gzip--gzip\"" }) {
			assertThat(head("GET", "/api/v1/products/1", "Accept-Encoding: gzip\r\nIf-None-Match: " + sent))
				.containsEntry("", "HTTP/1.1 200 OK");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"5\"", "\"5--gzip\"", "\"3\", \"5--deflate\"" })
	void acceptEitherTagForAChange(String sent) throws IOException {
		assertThat(head("DELETE", "/api/v1/products/1", "If-Match: " + sent)).containsEntry("",
				"HTTP/1.1 204 No Content");
		assertThat(head("DELETE", "/api/v1/products/1", "If-Match: \"4--gzip\"")).containsEntry("",
				"HTTP/1.1 412 Precondition Failed");
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/products/1,gzip", "/api/v1/products/1,identity", "/api/v1/products/1/short,gzip",
			CONTRACT + ",gzip", CONTRACT + ",identity", "/api/v1/docs,gzip", "/api/v1/nowhere,gzip" })
	void haveTheSameHeadersForHead(String path, String accepted) throws IOException {
		Map<String, String> get = head("GET", path, "Accept-Encoding: " + accepted);
		Map<String, String> head = head("HEAD", path, "Accept-Encoding: " + accepted);
		if (get.containsKey("content-encoding")) {
			// Its length is known only after compression.
			get.remove("content-length");
			assertThat(head).doesNotContainKey("content-length");
		}
		for (Map<String, String> each : List.of(get, head)) {
			each.keySet().removeAll(Set.of("x-request-id", "transfer-encoding"));
		}
		assertThat(head).isEqualTo(get);
	}

	@Test
	void areRevalidatedForFilesOfTheGateway() throws IOException {
		String tag = head("GET", CONTRACT, "Accept-Encoding: gzip").get("etag");
		assertThat(tag).endsWith("--gzip\"");
		assertThat(head("GET", CONTRACT, "Accept-Encoding: gzip\r\nIf-None-Match: " + tag))
			.containsEntry("", "HTTP/1.1 304 Not Modified")
			.containsEntry("etag", tag);
		assertThat(head("GET", CONTRACT, "If-None-Match: " + tag)).containsEntry("", "HTTP/1.1 304 Not Modified");
	}

	@Test
	void ignoreTheInternalHeaderOfAClient() throws IOException {
		assertThat(head("GET", "/api/v1/products/1",
				"X-Agora-If-None-Match: \"5--gzip\"\r\nIf-None-Match: \"5\"\r\nAccept-Encoding: gzip"))
			.containsEntry("etag", "\"5\"");
	}

	/**
	 * Reads the head of a response, with names in lower case; the status line has an
	 * empty name.
	 */
	private Map<String, String> head(String method, String path, String headers) throws IOException {
		String response = TestWire.send(this.gateway.port(),
				method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\nConnection: close\r\n\r\n");
		Map<String, String> head = new TreeMap<>();
		for (String line : response.substring(0, response.indexOf("\r\n\r\n")).lines().toList()) {
			int colon = line.startsWith("HTTP/") ? 0 : line.indexOf(':');
			String value = (colon == 0) ? line : line.substring(colon + 1).strip();
			assertThat(head.put(line.substring(0, colon).toLowerCase(Locale.ROOT), value)).isNull();
		}
		return head;
	}

	/** A service that supports versions, but no compression. */
	private static Publisher<Void> response(HttpServerRequest request, HttpServerResponse response) {
		String match = request.requestHeaders().get("If-Match");
		if (match != null) {
			return response.status(match.contains("\"5\"") ? 204 : 412).send();
		}
		response.header("ETag", request.uri().endsWith("weak") ? "W/\"5\"" : "\"5\"");
		String known = request.requestHeaders().get("If-None-Match");
		if (known != null && (known.contains("\"5\"") || known.equals("*"))) {
			return response.status(304).send();
		}
		String body = request.uri().endsWith("short") ? "{}" : LONG;
		response.header("Content-Type", "application/json").header("Content-Length", String.valueOf(body.length()));
		return request.method().name().equals("HEAD") ? response.send() : response.sendString(Mono.just(body));
	}

}
