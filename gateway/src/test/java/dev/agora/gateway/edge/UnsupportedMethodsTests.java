package dev.agora.gateway.edge;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/** The response to a method that no path has names the allowed ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnsupportedMethodsTests {

	private final TestGateway gateway = TestGateway.with();

	@AfterAll
	void close() {
		this.gateway.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			TRACE    | /api/v1/feed                   | GET, HEAD, OPTIONS
			TRACE    | /api/v1/feed?limit=3           | GET, HEAD, OPTIONS
			TRACE    | http://localhost/api/v1/feed   | GET, HEAD, OPTIONS
			PROPFIND | /api/v1/products               | GET, HEAD, OPTIONS, POST
			get      | /api/v1/members/me             | DELETE, GET, HEAD, OPTIONS, PATCH
			QUERY    | /api/v1/members/0R7DKM4WV0ZJ6  | GET, HEAD, OPTIONS
			TRACE    | /api/v1/sessions/%63urrent     | DELETE, OPTIONS
			TRACE    | /api/v1/openapi.json           | GET, HEAD, OPTIONS
			TRACE    | /api/v1/docs                   | GET, HEAD, OPTIONS
			TRACE    | /api/v1/docs/page.js           | GET, HEAD, OPTIONS
			CONNECT  | localhost:80                   | DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT
			TRACE    | *                              | DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT
			""")
	void returns405WithTheAllowedMethods(String method, String target, String allowed) throws IOException {
		String send = send(method, target);
		assertThat(send).startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
			.containsIgnoringCase("\r\nAllow: " + allowed + "\r\n")
			.contains("application/problem+json", "\"status\":405");
	}

	@Test
	void returns404ForUnknownPaths() throws IOException {
		assertThat(send("TRACE", "/nowhere")).startsWith("HTTP/1.1 404 ");
		assertThat(send("TRACE", "/internal/identities")).startsWith("HTTP/1.1 404 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%", "/api/v1/%zz", "/api/v1/products/1%4", "/api/v1/products/%E9" })
	void returns400ForAnInvalidTarget(String target) throws IOException {
		assertThat(send("TRACE", target)).startsWith("HTTP/1.1 400 ").contains("\"detail\":\"");
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/openapi.json,PUT", "/api/v1/docs,POST", "/api/v1/docs/page.js,DELETE" })
	void returns405ForFilesOfTheGateway(String path, String method) throws IOException {
		assertThat(send(method, path)).startsWith("HTTP/1.1 405 ")
			.containsIgnoringCase("\r\nAllow: GET,HEAD,OPTIONS\r\n");
		assertThat(send("OPTIONS", path)).startsWith("HTTP/1.1 200 ")
			.containsIgnoringCase("\r\nAllow: ")
			.contains("GET", "HEAD", "OPTIONS");
	}

	private String send(String method, String target) throws IOException {
		return TestWire.send(this.gateway.port(), method + " " + target
				+ " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	}

}
