package dev.agora.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.agora.console.trace.TestSpans;

import static org.assertj.core.api.Assertions.assertThat;

/** The server of the console, attacked and used. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "console.access.token=" + ConsoleApplicationTests.TOKEN,
				"console.targets.state-file=target/no-such-file.json" })
class ConsoleApplicationTests {

	static final String TOKEN = "a-token-that-nobody-guesses";

	private static final Map<String, String> WITH_TOKEN = Map.of("Authorization", "Bearer " + TOKEN);

	static {
		// The client sets these headers itself without this property.
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
	}

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@LocalServerPort
	private int port;

	@Test
	void servesThePageWithAStrictPolicyAndWithoutAToken() throws Exception {
		HttpResponse<String> page = send("GET", "/", Map.of(), null);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<agora-console>").doesNotContain("<script>").doesNotContain("style=");
		assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
				(policy) -> assertThat(policy).contains("default-src 'none'", "require-trusted-types-for 'script'")
					.doesNotContain("unsafe"));
		assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
		for (String file : List.of("app/main.js", "app/view.js", "app/event-parser.js", "client.css", "console.css",
				"libraries/lit-html/lit-html.js", "libraries/uplot/dist/uPlot.esm.js",
				"libraries/uplot/dist/uPlot.min.css")) {
			assertThat(send("GET", "/files/" + file, Map.of(), null).statusCode()).as(file).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/files/../application.yml", "/files/%2e%2e/application.yml", "/files/..%2fapplication.yml",
					"/application.yml", "/files/", "/actuator/env", "/actuator/prometheus", "/api/unknown" })
	void servesNothingElse(String path) throws Exception {
		assertThat(send("GET", path, WITH_TOKEN, null).statusCode()).isIn(400, 404);
	}

	@ParameterizedTest
	@CsvSource({ "GET,/api/stream", "GET,/api/traces", "GET,/api/traces/1", "GET,/api/jobs", "GET,/api/dead-letters",
			"POST,/api/actions", "POST,/api/dead-letters/a/b", "DELETE,/api/jobs/a/b" })
	void theApiNeedsTheToken(String method, String path) throws Exception {
		assertThat(send(method, path, Map.of(), null).statusCode()).isEqualTo(401);
		assertThat(send(method, path, Map.of("Authorization", "Bearer wrong"), null).statusCode()).isEqualTo(401);
		assertThat(send(method, path + "?token=" + TOKEN, Map.of("Cookie", "token=" + TOKEN), null).statusCode())
			.isEqualTo(401);
	}

	/** The router decodes paths and ignores their parameters. */
	@ParameterizedTest
	@ValueSource(strings = { "/%61pi/traces", "/api;a=b/traces", "/api/traces;a=b", "/ap%69/%74races", "/api;/traces" })
	void noSpellingOfAPathEscapesTheToken(String path) throws Exception {
		assertThat(send("GET", path, WITH_TOKEN, null).statusCode()).isEqualTo(200);
		assertThat(send("GET", path, Map.of(), null).statusCode()).isEqualTo(401);
		assertThat(send("GET", path, Map.of("Sec-Fetch-Site", "cross-site", "Authorization", "Bearer " + TOKEN), null)
			.statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:80", "127.0.0.1.evil.example", "169.254.169.254" })
	void refusesAnotherHostName(String host) throws Exception {
		for (String path : List.of("/", "/api/traces", "/files/app/main.js")) {
			HttpResponse<String> response = send("GET", path, Map.of("Host", host, "Authorization", "Bearer " + TOKEN),
					null);
			assertThat(response.statusCode()).as(path).isEqualTo(421);
			assertThat(response.body()).doesNotContain(TOKEN);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://evil.example", "null", "http://127.0.0.1:1", "https://localhost" })
	void refusesAnotherOriginEvenWithTheToken(String origin) throws Exception {
		for (String path : List.of("/api/actions", "/v1/traces")) {
			assertThat(send("POST", path, Map.of("Origin", origin, "Authorization", "Bearer " + TOKEN), new byte[0])
				.statusCode()).as(path).isEqualTo(403);
		}
		assertThat(send("GET", "/api/traces",
				Map.of("Sec-Fetch-Site", "cross-site", "Authorization", "Bearer " + TOKEN), null)
			.statusCode()).isEqualTo(403);
	}

	@Test
	void servesItsOwnPage() throws Exception {
		Map<String, String> own = Map.of("Origin", "http://127.0.0.1:" + this.port, "Sec-Fetch-Site", "same-origin",
				"Authorization", "Bearer " + TOKEN);
		assertThat(send("GET", "/api/traces", own, null).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "POST,/api/stream", "PUT,/api/actions", "GET,/api/actions", "DELETE,/api/traces", "GET,/v1/traces",
			"PUT,/v1/traces" })
	void refusesOtherMethods(String method, String path) throws Exception {
		assertThat(send(method, path, WITH_TOKEN, null).statusCode()).isIn(404, 405);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{", "{\"verb\": \"explode\"}", "{\"verb\": 3}", "{\"verb\": \"kill\"}",
			"{\"verb\": \"kill\", \"target\": \"../x\"}", "{\"verb\": \"kill\", \"target\": \"a/b\"}",
			"{\"verb\": \"load\", \"rate\": 0}", "{\"verb\": \"load\", \"rate\": 1000000}" })
	void refusesAWrongAction(String body) throws Exception {
		HttpResponse<String> response = send("POST", "/api/actions", WITH_TOKEN, body.getBytes(StandardCharsets.UTF_8));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("detail");
	}

	@Test
	void anActionWithoutALauncherFailsInTheLog() throws Exception {
		assertThat(send("POST", "/api/actions", WITH_TOKEN,
				"{\"verb\": \"kill\", \"target\": \"kafka\"}".getBytes(StandardCharsets.UTF_8))
			.statusCode()).isEqualTo(202);
		try (OpenStream stream = new OpenStream(this.http, uri("/api/stream"), TOKEN)) {
			assertThat(stream.await((view) -> view.contains("No launcher runs."))).contains("kafka is killed",
					"FAILED");
		}
	}

	@Test
	void findsTheSpansThatItReceives() throws Exception {
		byte[] spans = TestSpans.request("POST /posts", "request.id", "r-99");
		HttpResponse<String> accepted = send("POST", "/v1/traces", Map.of("Content-Type", "application/x-protobuf"),
				spans);
		assertThat(accepted.statusCode()).isEqualTo(200);
		assertThat(accepted.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
		assertThat(send("GET", "/api/traces?q=r-99", WITH_TOKEN, null).body()).contains(TestSpans.TRACE);
		assertThat(send("GET", "/api/traces/" + TestSpans.TRACE, WITH_TOKEN, null).body()).contains("POST /posts");
		assertThat(send("GET", "/api/traces/unknown", WITH_TOKEN, null).statusCode()).isEqualTo(404);
	}

	@Test
	void refusesWhatIsNoTrace() throws Exception {
		assertThat(otlp("application/x-protobuf", "garbage").statusCode()).isEqualTo(400);
		assertThat(otlp("application/json", "{}").statusCode()).isEqualTo(415);
		assertThat(otlp("text/plain", "x").statusCode()).isEqualTo(415);
		assertThat(otlp("application/x-protobuf", "x".repeat((4 << 20) + 1)).statusCode()).isEqualTo(413);
	}

	@Test
	void anEndlessBodyIsRefusedAtItsBound() throws Exception {
		HttpRequest endless = HttpRequest.newBuilder(uri("/v1/traces"))
			.header("Content-Type", "application/x-protobuf")
			.timeout(Duration.ofMinutes(1))
			.POST(HttpRequest.BodyPublishers
				.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(new byte[(4 << 20) + 1])))
			.build();
		assertThat(this.http.send(endless, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
	}

	@Test
	void opensABoundedNumberOfStreams() throws Exception {
		List<OpenStream> open = new ArrayList<>();
		try {
			for (int i = 0; i < 20; i++) {
				open.add(new OpenStream(this.http, uri("/api/stream"), TOKEN));
			}
			HttpResponse<String> refused = send("GET", "/api/stream", WITH_TOKEN, null);
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.body()).contains("20 pages");
		}
		finally {
			open.forEach(OpenStream::close);
		}
		Awaitility.await("a closed stream is counted no longer").atMost(Duration.ofMinutes(1)).until(() -> {
			try (OpenStream next = new OpenStream(this.http, uri("/api/stream"), TOKEN)) {
				return next.status() == 200;
			}
		});
	}

	@Test
	void probesNeedNeitherHostNorToken() throws Exception {
		assertThat(send("GET", "/actuator/health/readiness", Map.of("Host", "10.1.2.3"), null).statusCode())
			.isEqualTo(200);
	}

	private HttpResponse<String> otlp(String type, String body) throws IOException, InterruptedException {
		return send("POST", "/v1/traces", Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	private HttpResponse<String> send(String method, String path, Map<String, String> headers, byte @Nullable [] body)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.timeout(Duration.ofMinutes(1))
			.method(method, (body != null) ? HttpRequest.BodyPublishers.ofByteArray(body)
					: HttpRequest.BodyPublishers.noBody());
		headers.forEach(request::header);
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

}
