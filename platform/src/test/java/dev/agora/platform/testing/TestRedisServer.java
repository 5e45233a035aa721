package dev.agora.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import org.redisson.api.RedissonClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import redis.embedded.RedisServer;

import dev.agora.platform.redis.RedisConfiguration;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisSettings;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A real Redis server on a free port, without a file, that a test can stop and start
 * again.
 */
public final class TestRedisServer implements AutoCloseable {

	/** More than the circuit breaker of a guard needs to open. */
	private static final int CALLS = 16;

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

	private final int port;

	private final Duration commandTimeout;

	private RedisServer server;

	private String frozen = "";

	private TestRedisServer(int port, Duration commandTimeout) {
		this.port = port;
		this.commandTimeout = commandTimeout;
		this.server = server(port);
	}

	public static TestRedisServer started() {
		return started(COMMAND_TIMEOUT);
	}

	/**
	 * Starts a server whose clients wait longer or shorter for a response. A test whose
	 * claim holds only while Redis responds needs a time-out that no busy machine
	 * reaches.
	 */
	public static TestRedisServer started(Duration commandTimeout) {
		TestRedisServer redis = stopped(commandTimeout);
		redis.start();
		return redis;
	}

	/** Chooses a free port for a server, but does not start it. */
	public static TestRedisServer stopped() {
		return stopped(COMMAND_TIMEOUT);
	}

	private static TestRedisServer stopped(Duration commandTimeout) {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return new TestRedisServer(socket.getLocalPort(), commandTimeout);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	public void start() {
		try {
			this.server.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Ends the process; its data is lost. */
	public void stop() {
		if (!this.frozen.isEmpty()) {
			thaw();
		}
		try {
			this.server.stop();
			this.server = server(this.port);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Ends the process, and returns when a guard has opened its circuit, so that its
	 * calls fail at once instead of after the time-out.
	 */
	public void stop(RedisGuard guard) {
		stop();
		while (guard.isAvailable()) {
			Flux.range(0, CALLS).flatMap((call) -> fail(guard), CALLS).blockLast(BOUND);
		}
	}

	private static Mono<Boolean> fail(RedisGuard guard) {
		return guard.call(() -> Mono.fromCompletionStage(guard.client().getBucket("any").isExistsAsync()))
			.onErrorComplete(RedisFailure.class);
	}

	public void restart() {
		stop();
		start();
	}

	/**
	 * Freezes the process until {@link #thaw}: its connections stay open, but it sends no
	 * responses.
	 */
	public void freeze() {
		this.frozen = processId();
		signal("-STOP", this.frozen);
	}

	public void thaw() {
		signal("-CONT", this.frozen);
		this.frozen = "";
	}

	/**
	 * Makes the server a replica and a master again, as after two fail-overs; the process
	 * and its data remain.
	 */
	public void failOver() {
		String answers = ask("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE");
		if (!answers.equals("+OK\r\n".repeat(2))) {
			throw new IllegalStateException("Redis answers " + answers);
		}
	}

	/**
	 * Delays commands for a time.
	 * @param time the time
	 * @param commands {@code ALL}, or {@code WRITE} for commands that may write
	 */
	public void pause(Duration time, String commands) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			String command = "CLIENT PAUSE " + time.toMillis() + " " + commands + "\r\n";
			socket.getOutputStream().write(command.getBytes(US_ASCII));
			String answer = new String(socket.getInputStream().readNBytes(5), US_ASCII);
			if (!answer.equals("+OK\r\n")) {
				throw new IllegalStateException("Redis answers " + answer);
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Sends commands as an operator and returns the raw replies. */
	public String ask(String... commands) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write((String.join("\r\n", commands) + "\r\nQUIT\r\n").getBytes(US_ASCII));
			String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
			return answers.substring(0, answers.lastIndexOf("+OK\r\n"));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Counts the calls of the commands with these names, also those inside of scripts.
	 */
	public long countCalls(String pattern) {
		return ask("INFO commandstats").lines()
			.filter((line) -> line.matches("cmdstat_(" + pattern + "):.*"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("^.*?calls=|,.*$", "")))
			.sum();
	}

	public void flush() {
		ask("FLUSHALL");
	}

	public String address() {
		return "redis://127.0.0.1:" + this.port;
	}

	/** Returns settings whose time-outs are longer than the defaults. */
	public RedisSettings settings() {
		return new RedisSettings(List.of(address()), RedisSettings.Mode.SINGLE, "", null, null, null,
				Duration.ofMillis(500), this.commandTimeout, 16, Duration.ofMillis(300));
	}

	/** Creates a client, as each instance has one. The caller must shut it down. */
	public RedissonClient client() {
		return RedisConfiguration.client(settings());
	}

	@Override
	public void close() {
		stop();
	}

	private String processId() {
		return ask("INFO server").lines()
			.filter((line) -> line.startsWith("process_id:"))
			.map((line) -> line.substring("process_id:".length()))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("INFO of Redis has no process_id."));
	}

	private static void signal(String signal, String process) {
		try {
			new ProcessBuilder("kill", signal, process).start().onExit().join();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static RedisServer server(int port) {
		try {
			return RedisServer.newRedisServer()
				.port(port)
				.bind("127.0.0.1")
				.setting("save \"\"")
				.setting("appendonly no")
				.setting("daemonize no")
				.build();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
