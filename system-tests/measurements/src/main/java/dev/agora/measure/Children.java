package dev.agora.measure;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The processes that a measurement starts and stops. */
final class Children implements AutoCloseable {

	private static final Duration START = Duration.ofMinutes(5);

	private static final List<String> JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<Process> processes = new CopyOnWriteArrayList<>();

	private final Path logs;

	private boolean closed;

	/**
	 * Creates an empty set of processes.
	 * @param logs the folder for the output of the processes
	 */
	Children(Path logs) {
		this.logs = logs;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	/** Starts a command of this program, such as {@code upstream}. */
	Process role(String... arguments) throws IOException {
		return jar(Path.of(System.getProperty("java.class.path")), Map.of(), arguments);
	}

	/** Starts a runnable jar with the JVM flags of all compared processes. */
	Process jar(Path jar, Map<String, String> environment, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM);
		command.addAll(List.of("-jar", jar.toString()));
		command.addAll(List.of(arguments));
		return program(command, environment);
	}

	/** Starts a program with a log file of its own. */
	Process program(List<String> command, Map<String, String> environment) throws IOException {
		Path log = this.logs.resolve(this.processes.size() + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().putAll(environment);
		return start(builder);
	}

	/** Once these processes end, no further one is started that nothing would stop. */
	private synchronized Process start(ProcessBuilder builder) throws IOException {
		if (this.closed) {
			throw new Problem("No process is started, since the measurement ends.");
		}
		Process process = builder.start();
		this.processes.add(process);
		return process;
	}

	/** Starts a gateway whose rate limits are never reached, and returns its address. */
	String unlimitedGateway(RunningSystem system) throws IOException, InterruptedException {
		int port = freePort();
		jar(system.jar("gateway"), system.gatewayEnvironment(port, freePort()));
		String gateway = "http://127.0.0.1:" + port;
		awaitReady(URI.create(gateway + "/api/v1/products"));
		return gateway;
	}

	/** Waits until a request to an address gets 200. */
	void awaitReady(URI address) throws InterruptedException {
		long deadline = System.nanoTime() + START.toNanos();
		while (System.nanoTime() < deadline) {
			if (answers(address)) {
				return;
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		throw new Problem(address + " did not respond within " + START.toSeconds() + " s; see " + this.logs);
	}

	private boolean answers(URI address) throws InterruptedException {
		try {
			HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
			return this.http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException notYet) {
			return false;
		}
	}

	/** Returns a file beside the output of the processes that is not used yet. */
	Path file(String name) throws IOException {
		return Files.createTempFile(this.logs, "", "-" + name);
	}

	List<Long> pids() {
		return this.processes.stream().map(Process::pid).toList();
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.processes.forEach(Process::destroy);
	}

}
