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
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The script of {@code helm test}, against answers as the API gives them. */
class JourneyTests {

	/** Stands in for a name server: two clones of feed-service, one of all others. */
	private static final String NSLOOKUP = """
			#!/bin/sh
			printf 'Server:\\t\\t10.96.0.10\\nAddress:\\t10.96.0.10:53\\n\\nName:\\t%s\\nAddress: 10.0.0.1\\n' "$1"
			[ "$1" != feed. ] || printf 'Name:\\t%s\\nAddress: 10.0.0.2\\n' "$1"
			""";

	/** Leads what clones would be asked to the test's own server. */
	private static final String CURL = """
			#!/bin/sh
			for last; do :; done
			case $last in
			  http://10.*) exec "%1$s" -s "%2$s/clones/$(echo "$last" | cut -d / -f 3)" ;;
			  *) exec "%1$s" "$@" ;;
			esac
			""";

	@TempDir
	private Path tools;

	private HttpServer server;

	private volatile String otherBuild = "1";

	private volatile String posted = "";

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void passesWhenThePostArrivesAndTheBuildsAgree() throws Exception {
		Outcome outcome = run();
		assertThat(outcome.output()).contains("the post is in bob's feed", "2 feed-service 1",
				"the journey is complete");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void failsWhenClonesOfOneServiceAreOfDifferentBuilds() throws Exception {
		this.otherBuild = "2";
		Outcome outcome = run();
		assertThat(outcome.output()).contains("FAILED: clones of different builds: feed-service");
		assertThat(outcome.status()).isOne();
	}

	private Outcome run() throws IOException, InterruptedException {
		String address = "http://127.0.0.1:" + this.server.getAddress().getPort();
		executable("nslookup", NSLOOKUP);
		executable("curl", CURL.formatted(curl(), address));
		Path output = this.tools.resolve("output");
		ProcessBuilder script = new ProcessBuilder("sh", Chart.FOLDER.resolve("files/journey.sh").toString());
		script.environment().put("PATH", this.tools + ":" + System.getenv("PATH"));
		script.environment().put("JOURNEY_GATEWAY", address);
		script.environment().put("JOURNEY_CLONES", "gateway gate\nfeed-service feed\n");
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

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String path = exchange.getRequestURI().getPath();
		String method = exchange.getRequestMethod();
		if (path.startsWith("/clones/")) {
			String build = path.contains("10.0.0.2") ? this.otherBuild : "1";
			send(exchange, 200, "{\"service\":\"s\",\"build\":\"%s\",\"instance\":\"i\"}".formatted(build));
		}
		else if (method.equals("POST")) {
			this.posted = body;
			send(exchange, 201, "{\"id\":\"0R7D\",\"token\":\"t\"}");
		}
		else {
			send(exchange, method.equals("PUT") ? 204 : 200, "{\"items\":[%s]}".formatted(this.posted));
		}
	}

	private static void send(HttpExchange exchange, int status, String json) throws IOException {
		byte[] answer = (status == 204) ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (answer.length == 0) ? -1 : answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	private record Outcome(int status, String output) {
	}

}
