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
	void showsTheContractAsItIsKept() throws IOException {
		EntityExchangeResult<String> answer = get(CONTRACT);
		assertThat(answer.getStatus().value()).isEqualTo(200);
		assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/json");
		assertThat(answer.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
		assertThat(answer.getResponseBody()).isEqualTo(Files.readString(Path.of("..", "contracts", "openapi.json")));
	}

	@Test
	void sendsNothingAgainThatTheClientHas() {
		String etag = get(CONTRACT).getResponseHeaders().getETag();
		EntityExchangeResult<String> again = get(CONTRACT, HttpHeaders.IF_NONE_MATCH, etag);
		assertThat(again.getStatus().value()).isEqualTo(304);
		assertThat(again.getResponseBody()).isNull();
		assertThat(get(CONTRACT, HttpHeaders.IF_NONE_MATCH, "\"another\"").getStatus().value()).isEqualTo(200);
	}

	@Test
	void asksNobodyWhoTheyAre() {
		assertThat(get(CONTRACT, HttpHeaders.AUTHORIZATION, "Bearer of bad news").getStatus().value()).isEqualTo(200);
	}

	@Test
	void showsAPageThatLoadsOnlyWhatTheGatewayHas() {
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
	void saysHowLongAFileMayBeKept(String name, String type, String caching) {
		EntityExchangeResult<String> file = get(PAGE + "/" + name);
		assertThat(file.getStatus().value()).isEqualTo(200);
		assertThat(file.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).startsWith(type);
		assertThat(file.getResponseHeaders().getCacheControl()).isEqualTo(caching);
		assertThat(file.getResponseHeaders().getETag()).isNotBlank();
	}

	@Test
	void refusesToBeChanged() {
		EntityExchangeResult<String> answer = this.client.method(HttpMethod.PUT)
			.uri(CONTRACT)
			.exchange()
			.expectBody(String.class)
			.returnResult();
		assertThat(answer.getStatus().value()).isEqualTo(405);
		assertThat(answer.getResponseHeaders().getAllow()).contains(HttpMethod.GET, HttpMethod.HEAD);
	}

	@Test
	void hasNoOtherFiles() {
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
