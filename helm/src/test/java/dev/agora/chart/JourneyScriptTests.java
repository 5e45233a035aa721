package dev.agora.chart;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Runs the script of {@code helm test} against a server that simulates the API. */
class JourneyScriptTests {

	/** A fake that resolves two instances of feed-service and one of the gateway. */
	private static final String NSLOOKUP = """
			#!/bin/sh
			printf 'Server:\\t\\t10.96.0.10\\nAddress:\\t10.96.0.10:53\\n\\n'
			case $1 in
			  gate.) printf 'Name:\\t%s\\nAddress: 10.0.0.1\\n' "$1" ;;
			  feed.) printf 'Name:\\t%s\\nAddress: 10.0.1.1\\nName:\\t%s\\nAddress: 10.0.1.2\\n' "$1" "$1" ;;
			esac
			""";

	/** A wrapper that sends the requests to all instances to the server of the test. */
	private static final String CURL = """
			#!/bin/sh
			exec "%s" --connect-to "::127.0.0.1:%d" "$@"
			""";

	@TempDir
	private Path tools;

	private HttpServer server;

	private volatile String otherBuild = "1";

	private volatile String posted = "";

	private final AtomicInteger deletedAccounts = new AtomicInteger();

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::respond);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void passesWhenThePostArrivesAndAllBuildsAreEqual() throws Exception {
		Outcome outcome = run();
		assertThat(outcome.output()).contains("the post is in bob's feed", "1 gateway 1", "2 feed-service 1",
				"the journey is complete");
		assertThat(this.deletedAccounts).as("members who were deleted").hasValue(2);
		assertThat(outcome.status()).isZero();
	}

	@Test
	void failsWhenInstancesOfOneServiceRunDifferentBuilds() throws Exception {
		this.otherBuild = "2";
		Outcome outcome = run();
		assertThat(outcome.output()).contains("FAILED: the instances run different builds: feed-service");
		assertThat(outcome.status()).isOne();
	}

	private Outcome run() throws IOException, InterruptedException {
		int port = this.server.getAddress().getPort();
		executable("nslookup", NSLOOKUP);
		executable("curl", CURL.formatted(curl(), port));
		Path output = this.tools.resolve("output");
		ProcessBuilder script = new ProcessBuilder("sh", Chart.FOLDER.resolve("files/journey.sh").toString());
		script.environment().put("PATH", this.tools + ":" + System.getenv("PATH"));
		script.environment().put("JOURNEY_GATEWAY", "http://127.0.0.1:" + port);
		script.environment().put("JOURNEY_INSTANCES", "gateway gate\nfeed-service feed\n");
		Process process = script.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		return new Outcome(process.exitValue(), Files.readString(output));
	}

	private static Path curl() {
		Optional<Path> curl = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
			.map((folder) -> Path.of(folder, "curl"))
			.filter(Files::isExecutable)
			.findFirst();
		assumeThat(curl).as("curl is installed").isPresent();
		return curl.orElseThrow();
	}

	private void executable(String name, String text) throws IOException {
		Path file = Files.writeString(this.tools.resolve(name), text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
	}

	private void respond(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		if (exchange.getRequestURI().getPath().startsWith("/internal/")) {
			respondAsInstance(exchange);
			return;
		}
		switch (exchange.getRequestMethod()) {
			case "POST" -> {
				this.posted = body;
				send(exchange, 201, "{\"id\":\"0R7D\",\"token\":\"t\"}");
			}
			case "PUT" -> send(exchange, 204, "");
			case "DELETE" -> {
				this.deletedAccounts.incrementAndGet();
				send(exchange, 204, "");
			}
			default -> send(exchange, 200, "{\"items\":[%s]}".formatted(this.posted));
		}
	}

	/**
	 * Responds as an instance, or with 404 as the gateway, which does not have the path.
	 */
	private void respondAsInstance(HttpExchange exchange) throws IOException {
		String host = exchange.getRequestHeaders().getFirst("Host");
		boolean gateway = host.startsWith("10.0.0.");
		String build = host.startsWith("10.0.1.2:") ? this.otherBuild : "1";
		exchange.getResponseHeaders()
			.set("X-Served-By", (gateway ? "gateway/" : "feed-service/") + build + "/instance");
		send(exchange, gateway ? 404 : 200, gateway ? "{\"status\":404}" : "{\"draining\":false}");
	}

	private static void send(HttpExchange exchange, int status, String json) throws IOException {
		byte[] bytes = (status == 204) ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private record Outcome(int status, String output) {
	}

}
