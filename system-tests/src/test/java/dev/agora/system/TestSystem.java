package dev.agora.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
 * The system under test: the running one at {@code -Dagora.url}, or a test system that
 * the tests start with {@code ./agora up} and stop at the end of the run.
 */
public final class TestSystem {

	private static final Duration READY = Duration.ofMinutes(10);

	/** At the first stop of a build, each JVM writes an archive of its classes. */
	private static final Duration STOPPED = Duration.ofMinutes(5);

	/** Raises the time-outs, so that a busy machine delays requests and fails none. */
	private static final Map<String, String> LONG_TIMEOUTS = Map.ofEntries(Map.entry("GATEWAY_DEADLINE_TIMEOUT", "60s"),
			Map.entry("GATEWAY_AUTH_TIMEOUT", "60s"), Map.entry("GATEWAY_BALANCE_CONNECTTIMEOUT", "20s"),
			Map.entry("GATEWAY_BALANCE_PROBETIMEOUT", "20s"), Map.entry("AGORA_MONGODB_SELECTIONTIMEOUT", "20s"),
			Map.entry("AGORA_MONGODB_READTIMEOUT", "40s"), Map.entry("AGORA_CACHE_LOADDEADLINE", "20s"),
			Map.entry("AGORA_CACHE_LEASETTL", "21s"), Map.entry("AGORA_CACHE_LEASEWAIT", "22s"),
			Map.entry("AGORA_CACHE_ORIGINPERMITTIMEOUT", "20s"), Map.entry("AGORA_PROJECTION_WAITTIMEOUT", "20s"));

	private static final @Nullable String url = System.getProperty("agora.url");

	/** Whether the test system has three brokers and a Redis cluster. */
	private static final boolean distributed = "distributed".equals(System.getProperty("agora.engines"));

	private static @Nullable TestSystem own;

	private final Path data;

	private final int port;

	private Process launcher;

	private TestSystem() throws IOException {
		this.data = Files.createDirectories(root().resolve("system-tests/target/system"));
		this.port = freePort();
		up(Map.of(), "--fresh");
	}

	static Gateway gateway() {
		return new Gateway(URI.create((url != null && !url.isEmpty()) ? url : "http://127.0.0.1:" + own().port));
	}

	/** Starts the test system, if it has not started yet, and waits until it is ready. */
	public static void awaitReady() {
		own();
	}

	/** Whether the tests have started the system and may stop its processes. */
	public static boolean isOwn() {
		return url == null || url.isEmpty();
	}

	/** Whether the system survives the loss of one broker or Redis server. */
	public static boolean isDistributed() {
		return isOwn() && distributed;
	}

	/** The folder of the project. */
	static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return here.endsWith("system-tests") ? here.getParent() : here;
	}

	/** Runs a command of the launcher on the test system and returns its output. */
	public static String agora(String... words) {
		TestSystem system = own();
		return system.await(system.command(words));
	}

	/** Returns the port of a process of the test system. */
	public static int portOf(String name) throws IOException {
		return process(name).path("port").asInt();
	}

	/** Returns the log of a process. */
	public static String log(String name) throws IOException {
		return Files.readString(Path.of(process(name).path("log").asString()));
	}

	static int managementPortOf(String name) throws IOException {
		return process(name).path("managementPort").asInt();
	}

	/**
	 * Stops the test system in order and starts it again on the same data.
	 * @param settings more variables of its environment
	 */
	static void restart(Map<String, String> settings, String... options) throws IOException {
		own().down();
		own().up(settings, options);
	}

	static boolean hasProcess(String name) throws IOException {
		return processes().anyMatch((process) -> name(process).equals(name));
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

	private void up(Map<String, String> settings, String... options) throws IOException {
		List<String> words = new ArrayList<>(List.of("up", "--port", String.valueOf(this.port)));
		words.addAll(distributed ? List.of("--brokers", "3", "--redis-cluster") : List.of());
		words.addAll(List.of(options));
		Path log = this.data.resolve("up.log");
		ProcessBuilder command = command(words.toArray(String[]::new)).redirectOutput(log.toFile());
		command.environment().putAll(settings);
		Process started = command.start();
		this.launcher = started;
		// The tests may end before the system is ready.
		Runtime.getRuntime().addShutdownHook(new Thread(this::down));
		Await.until("the system is ready, see " + log, READY, () -> {
			if (!started.isAlive()) {
				throw new IllegalStateException("The launcher ended at the start: " + read(log));
			}
			return read(log).contains("curl ");
		});
	}

	private void down() {
		this.launcher.destroy();
		try {
			if (!this.launcher.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("The launcher did not end within " + STOPPED + ".");
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
		process.environment().putAll(LONG_TIMEOUTS);
		process.environment()
			.putAll(Map.of("AGORA_KAFKA_TOPICCHECK", "2s", "AGORA_JOBS_WORKER_LEASE", "5s", "TRACING_ENDPOINT",
					TestSpans.endpoint()));
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

	/** Lists the processes of the test system from the launcher's {@code system.json}. */
	static Stream<JsonNode> processes() throws IOException {
		return state().path("processes").valueStream();
	}

	/** The state that the launcher has written. */
	static JsonNode state() throws IOException {
		return new JsonMapper().readTree(Files.readString(own().data.resolve("system.json")));
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
