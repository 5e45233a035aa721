package dev.agora.gateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsTests {

	private static final String CONTRACT = "/api/v1/openapi.json";

	private static final String PAGE = "/api/v1/docs";

	private static final String POLICY = "Content-Security-Policy";

	private final TestGateway gateway = TestGateway.with();

	private final WebTestClient client = this.gateway.client()
		.mutate()
		.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
		.build();

	@AfterAll
	void close() {
		this.gateway.close();
	}

	@Test
	void servesTheContract() throws IOException {
		EntityExchangeResult<String> response = get(CONTRACT);
		assertThat(response.getStatus().value()).isEqualTo(200);
		assertThat(response.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/json");
		assertThat(response.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
		assertThat(response.getResponseBody()).isEqualTo(Files.readString(Path.of("..", "contracts", "openapi.json")));
	}

	@Test
	void returns304ForAKnownEntityTag() {
		String etag = get(CONTRACT).getResponseHeaders().getETag();
		EntityExchangeResult<String> again = get(CONTRACT, HttpHeaders.IF_NONE_MATCH, etag);
		assertThat(again.getStatus().value()).isEqualTo(304);
		assertThat(again.getResponseBody()).isNull();
		assertThat(get(CONTRACT, HttpHeaders.IF_NONE_MATCH, "\"another\"").getStatus().value()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { CONTRACT, PAGE, PAGE + "/swagger-ui.js" })
	void returns304ForAnyEntityTag(String path) {
		HttpHeaders whole = get(path).getResponseHeaders();
		EntityExchangeResult<String> again = get(path, HttpHeaders.IF_NONE_MATCH, "*");
		assertThat(again.getStatus().value()).isEqualTo(304);
		assertThat(again.getResponseBody()).isNull();
		assertThat(again.getResponseHeaders().getETag())
			.isEqualTo(String.valueOf(whole.getETag()).replace("--gzip", ""));
		assertThat(again.getResponseHeaders().getCacheControl()).isEqualTo(whole.getCacheControl());
	}

	@Test
	void sendsNoRangeOfAFile() {
		EntityExchangeResult<String> response = get(CONTRACT, HttpHeaders.RANGE, "bytes=0-9");
		assertThat(response.getStatus().value()).isEqualTo(200);
		assertThat(response.getResponseHeaders().containsHeader(HttpHeaders.ACCEPT_RANGES)).isFalse();
	}

	@Test
	void ignoresTokens() {
		assertThat(get(CONTRACT, HttpHeaders.AUTHORIZATION, "Bearer of bad news").getStatus().value()).isEqualTo(200);
	}

	@Test
	void servesAPageThatLoadsOnlyFilesOfTheGateway() {
		EntityExchangeResult<String> page = get(PAGE);
		assertThat(page.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("text/html;charset=UTF-8");
		assertThat(page.getResponseHeaders().getFirst(POLICY)).contains("script-src 'self';");
		assertThat(get(PAGE, HttpHeaders.IF_NONE_MATCH, page.getResponseHeaders().getETag()).getResponseHeaders()
			.getFirst(POLICY)).contains("script-src 'self';");
		Matcher links = Pattern.compile("(?:src|href)=\"(?!data:)([^\"]+)\"").matcher(page.getResponseBody());
		assertThat(links.results().map((link) -> "/api/v1/" + link.group(1)).toList()).hasSize(3)
			.allSatisfy((path) -> assertThat(get(path).getStatus().value()).isEqualTo(200));
	}

	@ParameterizedTest
	@CsvSource({ "page.js,text/javascript,no-cache", "swagger-ui.js,text/javascript,'public, max-age=86400'",
			"swagger-ui.css,text/css,'public, max-age=86400'" })
	void setsCacheControlForEachFile(String name, String type, String caching) {
		EntityExchangeResult<String> file = get(PAGE + "/" + name);
		assertThat(file.getStatus().value()).isEqualTo(200);
		assertThat(file.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).startsWith(type);
		assertThat(file.getResponseHeaders().getCacheControl()).isEqualTo(caching);
		assertThat(file.getResponseHeaders().getETag()).isNotBlank();
	}

	@Test
	void returns405ForAChange() {
		EntityExchangeResult<String> response = this.client.method(HttpMethod.PUT)
			.uri(CONTRACT)
			.exchange()
			.expectBody(String.class)
			.returnResult();
		assertThat(response.getStatus().value()).isEqualTo(405);
		assertThat(response.getResponseHeaders().getAllow()).contains(HttpMethod.GET, HttpMethod.HEAD);
	}

	@Test
	void servesNoOtherFiles() {
		assertThat(get(PAGE + "/application.yml").getStatus().value()).isEqualTo(404);
		assertThat(get(PAGE + "/").getStatus().value()).isEqualTo(404);
	}

	private EntityExchangeResult<String> get(String path, String... header) {
		WebTestClient.RequestHeadersSpec<?> request = this.client.get().uri(path);
		if (header.length > 0) {
			request.header(header[0], header[1]);
		}
		return request.exchange().expectBody(String.class).returnResult();
	}

}
