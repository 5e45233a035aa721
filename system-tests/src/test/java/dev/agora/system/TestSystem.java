package dev.agora.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The system under test: the one at {@code -Dagora.url}, or one of its own that is
 * started for the run with the same command that a user types, and stopped at its end.
 */
public final class TestSystem {

	private static final Duration READY = Duration.ofMinutes(10);

	/**
	 * A busy machine delays responses, and that is not what is tested: whatever gives up
	 * by time and would then fail a request is given more of it.
	 */
	private static final Map<String, String> PATIENT = Map.of("GATEWAY_DEADLINE_TIMEOUT", "60s", "GATEWAY_AUTH_TIMEOUT",
			"60s", "GATEWAY_BALANCE_CONNECTTIMEOUT", "20s", "GATEWAY_BALANCE_PROBETIMEOUT", "20s",
			"AGORA_MONGODB_SELECTIONTIMEOUT", "20s", "AGORA_MONGODB_READTIMEOUT", "40s", "AGORA_CACHE_LOADDEADLINE",
			"20s", "AGORA_CACHE_LEASETTL", "21s", "AGORA_CACHE_ORIGINPERMITTIMEOUT", "20s", "GRAPH_MEMBER_PATIENCE",
			"20s");

	private static final @Nullable String url = System.getProperty("agora.url");

	/** Three brokers and a Redis cluster, instead of one of each. */
	private static final boolean distributed = "distributed".equals(System.getProperty("agora.engines"));

	private static @Nullable TestSystem own;

	private final Path data;

	private final int port;

	private Process launcher;

	private TestSystem() throws IOException {
		this.data = Files.createDirectories(root().resolve("system-tests/target/system"));
		this.port = freePort();
		this.launcher = up("--fresh");
		Runtime.getRuntime().addShutdownHook(new Thread(this::down));
	}

	static Gateway gateway() {
		return new Gateway(URI.create((url != null && !url.isEmpty()) ? url : "http://127.0.0.1:" + own().port));
	}

	/** Whether the system may be broken by a test. */
	public static boolean isOwn() {
		return url == null || url.isEmpty();
	}

	/** Whether it goes on without any one of its brokers or Redis servers. */
	static boolean isDistributed() {
		return isOwn() && distributed;
	}

	/** The project's folder. */
	static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return here.endsWith("system-tests") ? here.getParent() : here;
	}

	/**
	 * Runs a command of the launcher on the own system; gives what it printed when it is
	 * done.
	 */
	static String agora(String... words) {
		TestSystem system = own();
		return system.await(system.command(words));
	}

	/** The port of one of the own system's processes. */
	public static int portOf(String name) throws IOException {
		return process(name).path("port").asInt();
	}

	/** What a process has logged. */
	static String log(String name) throws IOException {
		return Files.readString(Path.of(process(name).path("log").asString()));
	}

	/** The port of a process's health and metrics. */
	static int managementPortOf(String name) throws IOException {
		return process(name).path("managementPort").asInt();
	}

	/** Stops everything in order and starts it again on the same data. */
	static void restart(String... options) throws IOException {
		own().down();
		own().launcher = own().up(options);
	}

	static void flushRedis() throws IOException {
		for (JsonNode redis : redisMasters()) {
			String answer = ask(redis, "FLUSHALL");
			if (!answer.startsWith("+OK")) {
				throw new IllegalStateException("Redis answered " + answer);
			}
		}
	}

	/** The only Redis, or those of the cluster that take writes. */
	static List<JsonNode> redisMasters() throws IOException {
		List<JsonNode> masters = new ArrayList<>();
		for (JsonNode redis : processes().filter((process) -> name(process).startsWith("redis")).toList()) {
			if (ask(redis, "INFO replication").contains("role:master")) {
				masters.add(redis);
			}
		}
		return masters;
	}

	/**
	 * What each Redis that takes writes answers; in a cluster one of them has the key.
	 */
	static List<String> askRedis(String command) throws IOException {
		List<String> answers = new ArrayList<>();
		for (JsonNode redis : redisMasters()) {
			answers.add(ask(redis, command));
		}
		return answers;
	}

	/** What Redis answers, as it comes. */
	private static String ask(JsonNode redis, String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.path("port").asInt())) {
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	static String name(JsonNode process) {
		return process.path("name").asString();
	}

	private static synchronized TestSystem own() {
		if (own == null) {
			try {
				own = new TestSystem();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return own;
	}

	private Process up(String... options) throws IOException {
		List<String> words = new ArrayList<>(List.of("up", "--port", String.valueOf(this.port)));
		words.addAll(distributed ? List.of("--brokers", "3", "--redis-cluster") : List.of());
		words.addAll(List.of(options));
		Path log = this.data.resolve("up.log");
		Process started = command(words.toArray(String[]::new)).redirectOutput(log.toFile()).start();
		Await.until("the system is ready, see " + log, READY, () -> {
			if (!started.isAlive()) {
				throw new IllegalStateException("The launcher ended: " + read(log));
			}
			return read(log).contains("curl ");
		});
		return started;
	}

	private void down() {
		this.launcher.destroy();
		try {
			if (!this.launcher.waitFor(2, TimeUnit.MINUTES)) {
				throw new IllegalStateException("The launcher does not end.");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private ProcessBuilder command(String... words) {
		List<String> command = new ArrayList<>(List.of(root().resolve("agora").toString()));
		command.addAll(List.of(words));
		command.addAll(List.of("--data", this.data.toString()));
		ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
		process.environment().put("AGORA_BUILT", "yes");
		process.environment().putAll(PATIENT);
		process.environment().put("AGORA_KAFKA_TOPICCHECK", "2s");
		return process;
	}

	private String await(ProcessBuilder command) {
		try {
			Process process = command.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException(command.command() + " failed: " + output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The own system's processes, as the launcher has written them down. */
	static Stream<JsonNode> processes() throws IOException {
		return new JsonMapper().readTree(Files.readString(own().data.resolve("system.json")))
			.path("processes")
			.valueStream();
	}

	private static JsonNode process(String name) throws IOException {
		return processes().filter((process) -> name(process).startsWith(name)).findFirst().orElseThrow();
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
