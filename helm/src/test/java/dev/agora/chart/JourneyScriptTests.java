package dev.agora.chart;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	/**
	 * The number of requests that get 503 or 504 before all others get their responses.
	 */
	private final AtomicInteger unavailable = new AtomicInteger();

	/** The number of the next PUT requests that get 404. */
	private final AtomicInteger unknown = new AtomicInteger();

	/** The path whose requests fail, and their status. */
	private volatile String failing = "";

	private volatile int failure = 500;

	/** The keys of the requests that got 503 or 504. */
	private final List<String> firstKeys = new CopyOnWriteArrayList<>();

	/** The keys of the other POST requests. */
	private final List<String> keys = new CopyOnWriteArrayList<>();

	/** The number of the request from which on the other build is the same. */
	private volatile int builtAnew = Integer.MAX_VALUE;

	private final AtomicInteger builds = new AtomicInteger();

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

	/**
	 * After an installation, the services may need some seconds more than the gateway.
	 */
	@Test
	void repeatsRequestsWhileTheSystemIsUnavailable() throws Exception {
		this.unavailable.set(3);
		Outcome outcome = run();
		assertThat(outcome.output()).contains("the journey is complete");
		assertThat(outcome.status()).isZero();
		assertThat(this.firstKeys).as("keys of the repeated registration").hasSize(3).containsOnly(this.keys.get(0));
		assertThat(this.keys).as("keys of all POST requests").doesNotHaveDuplicates().hasSize(5);
	}

	@Test
	void repeatsAFollowUntilTheMemberIsKnown() throws Exception {
		this.unknown.set(2);
		Outcome outcome = run();
		assertThat(outcome.output()).contains("bob follows ann", "the journey is complete");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void endsWhenTheSystemRemainsUnavailable() throws Exception {
		this.unavailable.set(Integer.MAX_VALUE);
		Outcome outcome = run("JOURNEY_PATIENCE", "1");
		assertThat(outcome.output()).contains("FAILED: POST /members: expected status 201").doesNotContain("logged in");
		assertThat(outcome.status()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "/members, 409", "/sessions, 500", "/graph, 404", "/posts, 422", "/feed, 500" })
	void endsWithTheFirstCallThatFails(String path, int status) throws Exception {
		this.failing = "/api/v1" + path;
		this.failure = status;
		Outcome outcome = run("JOURNEY_PATIENCE", "1");
		assertThat(outcome.output()).containsOnlyOnce("FAILED").contains(path, "but got").doesNotContain("has no");
		assertThat(outcome.status()).isOne();
	}

	/** Names and instances that drain show the former build for a while. */
	@Test
	void waitsForTheEndOfARollOut() throws Exception {
		this.otherBuild = "2";
		this.builtAnew = 2;
		Outcome outcome = run();
		assertThat(outcome.output()).contains("2 feed-service 1", "the journey is complete");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void failsWhenInstancesOfOneServiceRunDifferentBuilds() throws Exception {
		this.otherBuild = "2";
		Outcome outcome = run("JOURNEY_PATIENCE", "1");
		assertThat(outcome.output()).contains("FAILED: the instances run different builds: feed-service");
		assertThat(outcome.status()).isOne();
	}

	private Outcome run(String... variable) throws IOException, InterruptedException {
		int port = this.server.getAddress().getPort();
		executable("nslookup", NSLOOKUP);
		executable("curl", CURL.formatted(curl(), port));
		Path output = this.tools.resolve("output");
		ProcessBuilder script = new ProcessBuilder("sh", Chart.FOLDER.resolve("files/journey.sh").toString());
		script.environment().put("PATH", this.tools + ":" + System.getenv("PATH"));
		script.environment().put("JOURNEY_GATEWAY", "http://127.0.0.1:" + port);
		script.environment().put("JOURNEY_INSTANCES", "gateway gate\nfeed-service feed\n");
		if (variable.length > 0) {
			script.environment().put(variable[0], variable[1]);
		}
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
		int unavailableLeft = this.unavailable.getAndUpdate((left) -> Math.max(0, left - 1));
		if (unavailableLeft > 0) {
			int status = (unavailableLeft % 2 == 0) ? 503 : 504;
			this.firstKeys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
			send(exchange, status, "{\"status\":" + status + "}");
			return;
		}
		if (exchange.getRequestURI().getPath().equals(this.failing)
				|| (!this.failing.isEmpty() && exchange.getRequestURI().getPath().startsWith(this.failing + "/"))) {
			send(exchange, this.failure, "{\"status\":" + this.failure + "}");
			return;
		}
		switch (exchange.getRequestMethod()) {
			case "POST" -> {
				this.keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
				this.posted = body;
				send(exchange, 201, "{\"id\":\"0R7D\",\"token\":\"t\"}");
			}
			case "PUT" ->
				send(exchange, (this.unknown.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) ? 404 : 204, "");
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
		boolean other = host.startsWith("10.0.1.2:") && this.builds.incrementAndGet() < this.builtAnew;
		String build = other ? this.otherBuild : "1";
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
