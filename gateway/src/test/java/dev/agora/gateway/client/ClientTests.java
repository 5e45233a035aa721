package dev.agora.gateway.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestWire;

import static dev.agora.gateway.client.ClientResponses.text;
import static dev.agora.gateway.client.ClientResponses.without;
import static org.assertj.core.api.Assertions.assertThat;

/** The files of the browser client, as a browser requests them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTests {

	private static final String HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");

	private final TestGateway gateway = TestGateway.with("gateway.client.console=http://127.0.0.1:9");

	/** A client that unpacks nothing. */
	private final WebTestClient client = WebTestClient.bindToServer(new ReactorClientHttpConnector(HttpClient.create()))
		.baseUrl("http://127.0.0.1:" + this.gateway.port())
		.build();

	@AfterAll
	void close() {
		this.gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login", "/products", "/products/0R7DKM4WV0ZJ6/edit",
			"/members/0R7DKM4WV0ZJ6/followers", "/@ann", "/settings", "/products/a%20b?tag=x", "/?product=1" })
	void servesTheDocumentAtThePathOfEachPage(String path) {
		EntityExchangeResult<byte[]> page = get(path);
		assertThat(page.getStatus().value()).isEqualTo(200);
		HttpHeaders headers = page.getResponseHeaders();
		assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("text/html;charset=UTF-8");
		assertThat(headers.getCacheControl()).isEqualTo("no-cache");
		assertThat(headers.getFirst(HttpHeaders.SET_COOKIE)).isNull();
		assertThat(text(page)).startsWith("<!doctype html>");
	}

	@Test
	void allowsNoInlineScriptAndNoHtmlFromText() {
		String policy = get("/").getResponseHeaders().getFirst("Content-Security-Policy");
		assertThat(policy)
			.contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'",
					"require-trusted-types-for 'script'", "trusted-types lit-html")
			.doesNotContain("unsafe");
		assertThat(text(get("/"))).doesNotContainPattern("<script(?![^>]* src=)|<style| style=| on[a-z]+=");
	}

	@Test
	void servesEveryFileOfTheDocumentForEver() {
		List<String> assets = assets();
		assertThat(assets).hasSizeGreaterThan(20).allSatisfy((path) -> {
			EntityExchangeResult<byte[]> file = get(path);
			assertThat(file.getStatus().value()).isEqualTo(200);
			HttpHeaders headers = file.getResponseHeaders();
			assertThat(headers.getCacheControl()).isEqualTo("public, max-age=31536000, immutable");
			assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(headers.getETag()).isNotBlank();
			assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE))
				.matches("(text/(javascript|css);charset=UTF-8|image/svg\\+xml)");
		});
	}

	@Test
	void servesEveryModuleThatAModuleImports() {
		assertThat(assets().stream().filter((path) -> path.endsWith(".js"))).allSatisfy((path) -> {
			List<MatchResult> imports = Pattern.compile("(?:from|import) ?['\"]([^'\"<>\\s]+)['\"]")
				.matcher(text(get(path)))
				.results()
				.toList();
			assertThat(imports).allSatisfy(
					(match) -> assertThat(assets()).contains(URI.create(path).resolve(match.group(1)).toString()));
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gzip                  | gzip
			gzip, deflate, br     | br
			br;q=0, gzip          | gzip
			BR;q=0.1              | br
			br;q=0.000 , gzip;q=0 |
			identity              |
			zstd                  |
			""")
	void sendsTheSmallestFormThatTheClientAccepts(String accepted, String coding) throws IOException {
		String script = script();
		byte[] plain = Objects.requireNonNull(get(script).getResponseBody());
		EntityExchangeResult<byte[]> file = get(script, HttpHeaders.ACCEPT_ENCODING, accepted);
		HttpHeaders headers = file.getResponseHeaders();
		byte[] body = Objects.requireNonNull(file.getResponseBody());
		assertThat(headers.getFirst(HttpHeaders.CONTENT_ENCODING)).isEqualTo(coding);
		assertThat(headers.getVary()).containsExactly("accept-encoding");
		assertThat(headers.getContentLength()).isEqualTo(body.length);
		assertThat(headers.getETag()).matches((coding != null) ? "\"\\w+--" + coding + "\"" : "\"\\w+\"");
		if ("gzip".equals(coding)) {
			assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()).isEqualTo(plain);
		}
		assertThat(body.length).isLessThanOrEqualTo((coding != null) ? plain.length / 2 : plain.length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "gzip", "br" })
	void returns304ForAKnownEntityTag(String accepted) {
		for (String path : List.of("/", "/products", script())) {
			HttpHeaders first = get(path, HttpHeaders.ACCEPT_ENCODING, accepted).getResponseHeaders();
			EntityExchangeResult<byte[]> again = get(path, HttpHeaders.ACCEPT_ENCODING, accepted,
					HttpHeaders.IF_NONE_MATCH, String.valueOf(first.getETag()));
			assertThat(again.getStatus().value()).isEqualTo(304);
			assertThat(again.getResponseBody()).isNull();
			assertThat(again.getResponseHeaders().getETag()).isEqualTo(first.getETag());
			assertThat(again.getResponseHeaders().getVary()).isEqualTo(first.getVary());
			assertThat(again.getResponseHeaders().getCacheControl()).isEqualTo(first.getCacheControl());
			assertThat(again.getResponseHeaders().getFirst("Content-Security-Policy"))
				.isEqualTo(first.getFirst("Content-Security-Policy"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "gzip", "br" })
	void sendsTheSameHeadersForHead(String accepted) {
		for (String path : List.of("/", "/login", script(), "/client.json", "/nowhere")) {
			HttpHeaders get = get(path, HttpHeaders.ACCEPT_ENCODING, accepted, HttpHeaders.ACCEPT, HTML)
				.getResponseHeaders();
			EntityExchangeResult<byte[]> head = exchange(HttpMethod.HEAD, path, HttpHeaders.ACCEPT_ENCODING, accepted,
					HttpHeaders.ACCEPT, HTML);
			assertThat(head.getResponseBody()).isNull();
			assertThat(without(head.getResponseHeaders())).isEqualTo(without(get));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/0000000000000000/app/main.js", "/assets/main.js", "/assets/", "/assets",
			"/client.css", "/index.html", "/agora-client/index.html", "/routes.txt", "/application.yml",
			"/products/1/edit/2", "/join/", "/favicon.ico" })
	void returns404ForUnknownFiles(String path) {
		EntityExchangeResult<byte[]> response = get(path, HttpHeaders.ACCEPT, "*/*");
		assertThat(response.getStatus().value()).isEqualTo(404);
		assertThat(response.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
			.isEqualTo("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "%5c..", "./../", "%252e%252e/", "..;/" })
	void servesNoFileOutsideTheClient(String step) throws IOException {
		String folder = script().substring(0, script().lastIndexOf('/'));
		for (String path : List.of("/assets/" + step + step + "application.yml", folder + "/" + step + "/main.js",
				folder + "/" + step + step + step + "index.html", "/" + step + "application.yml")) {
			String response = TestWire.send(this.gateway.port(),
					"GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n\r\n");
			assertThat(response).matches("(?s)HTTP/1\\.1 (400|404) .*")
				.doesNotContain("spring:", "<!doctype", "import ");
		}
	}

	@Test
	void showsBrowsersItsOwnPageForUnknownPaths() {
		EntityExchangeResult<byte[]> page = get("/nowhere", HttpHeaders.ACCEPT, HTML);
		assertThat(page.getStatus().value()).isEqualTo(404);
		assertThat(page.getResponseHeaders().getCacheControl()).isEqualTo("no-store");
		assertThat(page.getResponseHeaders().getFirst("Content-Security-Policy")).contains("script-src 'self'");
		assertThat(text(page)).startsWith("<!doctype html>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/nowhere", "/api/v1", "/api/v1/docs/nowhere", "/api/", "/assets/nowhere.js" })
	void leavesThe404sOfTheApiToTheApi(String path) {
		EntityExchangeResult<byte[]> response = get(path, HttpHeaders.ACCEPT, HTML);
		assertThat(response.getStatus().value()).isEqualTo(404);
		assertThat(text(response)).doesNotContain("<!doctype");
	}

	@Test
	void returns405ForAChange() {
		for (String path : List.of("/", "/login", script())) {
			EntityExchangeResult<byte[]> response = exchange(HttpMethod.POST, path);
			assertThat(response.getStatus().value()).isEqualTo(405);
			assertThat(response.getResponseHeaders().getAllow()).contains(HttpMethod.GET, HttpMethod.HEAD);
		}
	}

	@Test
	void ignoresTokensAndRanges() {
		EntityExchangeResult<byte[]> page = get("/", HttpHeaders.COOKIE, "__Host-agora=broken", HttpHeaders.RANGE,
				"bytes=0-9");
		assertThat(page.getStatus().value()).isEqualTo(200);
		assertThat(page.getResponseHeaders().getFirst(HttpHeaders.SET_COOKIE)).isNull();
		assertThat(page.getResponseHeaders().getFirst(HttpHeaders.ACCEPT_RANGES)).isNull();
	}

	@Test
	void namesTheConsole() {
		EntityExchangeResult<byte[]> settings = get("/client.json");
		assertThat(text(settings)).isEqualTo("{\"console\":\"http://127.0.0.1:9\"}");
		assertThat(settings.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
	}

	private List<String> assets() {
		return ASSET.matcher(text(get("/"))).results().map((match) -> match.group(1)).distinct().toList();
	}

	private String script() {
		return assets().stream().filter((path) -> path.endsWith("/api.js")).findFirst().orElseThrow();
	}

	private EntityExchangeResult<byte[]> get(String path, String... headers) {
		return exchange(HttpMethod.GET, path, headers);
	}

	private EntityExchangeResult<byte[]> exchange(HttpMethod method, String path, String... headers) {
		WebTestClient.RequestBodySpec request = this.client.method(method)
			.uri(URI.create("http://127.0.0.1:" + this.gateway.port() + path));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return request.exchange().expectBody().returnResult();
	}

}
