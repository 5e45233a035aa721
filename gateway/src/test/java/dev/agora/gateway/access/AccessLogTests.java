package dev.agora.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessLogTests {

	private static final String TOKEN = "T".repeat(43);

	private final TestService feeds = TestService.responding(200, "{\"items\":[]}");

	private final TestService sessions = TestService.responding(200,
			"{\"identity\":\"signed\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}");

	@TempDir
	private static Path directory;

	private TestGateway gateway;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
				TestGateway.instances("session-service", this.sessions.address()), "gateway.access.file=" + file());
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.close();
		this.sessions.close();
	}

	@Test
	void writesToStandardOutputByDefault() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("gateway.access",
				AccessSettings.class))
			.isEqualTo(new AccessSettings(true, "", 50_000));
	}

	@Test
	void logsWhatIsNeededToTraceARequest() throws IOException {
		this.gateway.client()
			.get()
			.uri("/api/v1/feed?cursor=1")
			.header("X-Request-Id", "told")
			.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.header("User-Agent", "test \"agent\"" + "x".repeat(500))
			.exchange()
			.expectStatus()
			.isOk();
		Map<String, Object> line = line("told");
		assertThat(Instant.parse((String) line.get("time"))).isBeforeOrEqualTo(Instant.now());
		assertThat((String) line.get("traceId")).matches("[0-9a-f]{32}")
			.isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(line).containsEntry("method", "GET")
			.containsEntry("path", "/api/v1/feed")
			.containsEntry("status", 200)
			.containsEntry("bytes", 12)
			.containsEntry("address", "127.0.0.1")
			.containsEntry("route", "posts-and-feeds")
			.containsEntry("clone", "test/1/clone")
			.containsKey("millis")
			.doesNotContainKey("member");
		assertThat((String) line.get("userAgent")).startsWith("test \"agent\"x").hasSize(120);
	}

	@Test
	void logsResponsesOfTheGatewayItself() throws IOException {
		this.gateway.client()
			.get()
			.uri("/nowhere")
			.header("X-Request-Id", "lost")
			.exchange()
			.expectStatus()
			.isNotFound();
		assertThat(line("lost")).containsEntry("status", 404)
			.containsEntry("path", "/nowhere")
			.doesNotContainKey("route");
		TestWire.send(this.gateway.port(), "nonsense\r\n\r\n");
		Awaitility.await()
			.untilAsserted(() -> assertThat(lines()).anySatisfy((line) -> assertThat(line).containsEntry("status", 400)
				.containsEntry("address", "127.0.0.1")
				.doesNotContainKey("path")));
	}

	@Test
	void logsNoSecrets() throws IOException {
		this.gateway.client()
			.get()
			.uri("/api/v1/feed?token=" + TOKEN)
			.header("X-Request-Id", "secret")
			.header("Authorization", "Bearer " + TOKEN)
			.header("Cookie", "__Host-agora=" + TOKEN)
			.exchange()
			.expectStatus()
			.isOk();
		this.gateway.client()
			.post()
			.uri("/api/v1/sessions")
			.header("X-Request-Id", "password")
			.bodyValue("{\"handle\":\"ann\",\"password\":\"correct horse\"}")
			.exchange();
		line("secret");
		line("password");
		assertThat(Files.readString(file())).doesNotContain(TOKEN, "correct horse", "signed");
	}

	/** Waits for the line of a request. */
	private Map<String, Object> line(String requestId) throws IOException {
		Awaitility.await().until(() -> Files.readString(file()).contains("\"" + requestId + "\""));
		return lines().stream().filter((line) -> requestId.equals(line.get("requestId"))).findFirst().orElseThrow();
	}

	private List<Map<String, Object>> lines() throws IOException {
		JsonMapper json = JsonMapper.builder().build();
		return Files.readAllLines(file())
			.stream()
			.map((line) -> json.readValue(line, new TypeReference<Map<String, Object>>() {
			}))
			.toList();
	}

	private Path file() {
		return directory.resolve("access.log");
	}

}
