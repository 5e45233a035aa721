package dev.agora.launcher.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class ControlServerTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private ControlServer server;

	private Supervisor supervisor;

	@BeforeEach
	void start() throws IOException {
		DataDirectory data = new DataDirectory(this.folder);
		this.supervisor = new Supervisor(data, new PrintStream(OutputStream.nullOutputStream()));
		Clones clones = new Clones(data, Ports.of(data), this.supervisor);
		this.server = new ControlServer(this.supervisor, clones, new RedisFlush(data));
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
		this.supervisor.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kill", "stop", "start", "pause", "resume", "remove" })
	void refusesAnActionOnAProcessThatDoesNotExist(String action) throws Exception {
		HttpResponse<String> response = post(this.server.url() + "/processes/none-1/" + action);
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).contains("none-1");
	}

	@Test
	void refusesMoreInstancesOfWhatIsNoService() throws Exception {
		assertThat(post(this.server.url() + "/processes/kafka/clone").statusCode()).isEqualTo(409);
	}

	@Test
	void refusesToFlushARedisThatItHasNotStarted() throws Exception {
		assertThat(post(this.server.url() + "/processes/redis/flush").body()).contains("has started");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/processes/kafka/kill", "/wrong-token/processes/kafka/kill", "//processes/kafka/kill" })
	void knowsNoActionWithoutItsToken(String path) throws Exception {
		String origin = this.server.url().replaceFirst("(http://[^/]+)/.*", "$1");
		assertThat(this.server.url().length()).isGreaterThan(origin.length() + 20);
		HttpResponse<String> response = post(origin + path);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).doesNotContain("kafka");
	}

	private HttpResponse<String> post(String address) throws IOException, InterruptedException {
		return this.http.send(
				HttpRequest.newBuilder(URI.create(address)).POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

}
