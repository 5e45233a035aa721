package dev.agora.launcher.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.redis.RedisConnection;
import dev.agora.launcher.root.ProcessState;

/** Prints each process with its state, port, memory and version. */
final class StatusTable {

	private static final String ROW = "%-20s %-9s %6s %8s %10s  %s%n";

	private final PrintStream out;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	StatusTable(PrintStream out) {
		this.out = out;
	}

	void print(SystemState state) throws IOException, InterruptedException {
		this.out.printf(Locale.ROOT, ROW, "PROCESS", "STATE", "PORT", "PID", "MEMORY", "VERSION");
		long total = 0;
		for (ProcessState process : Stream.concat(state.processes().stream(), Stream.of(state.launcher())).toList()) {
			long memory = process.handle().isPresent() ? memory(process.pid()) : 0;
			total += memory;
			this.out.printf(Locale.ROOT, ROW, process.name(), health(process),
					(process.port() > 0) ? process.port() : "-", process.pid(), mebibytes(memory), process.version());
		}
		this.out.printf(Locale.ROOT, ROW, "total", "", "", "", mebibytes(total), "");
		if (!state.gatewayUrls().isEmpty()) {
			this.out.println("Gateway: " + String.join(", ", state.gatewayUrls()));
		}
		if (state.consoleUrl() != null) {
			this.out.println("Console: " + state.consoleUrl());
		}
		state.processes().stream().filter((process) -> process.note() != null).forEach(this::printNote);
		MixedBuilds.find(state).forEach(this.out::println);
	}

	private void printNote(ProcessState process) {
		String remedy = process.paused() ? "End that with: ./agora resume " : "The reason is in its log: ./agora logs ";
		this.out.println(process.name() + " " + process.note() + " " + remedy + process.name());
	}

	private String health(ProcessState process) throws InterruptedException {
		if (process.handle().isEmpty()) {
			return "stopped";
		}
		if (process.managementPort() == 0) {
			return process.name().startsWith("redis-") ? role(process) : "running";
		}
		String readiness = "http://127.0.0.1:" + process.managementPort() + "/actuator/health/readiness";
		HttpRequest request = HttpRequest.newBuilder(URI.create(readiness)).timeout(Duration.ofSeconds(2)).build();
		try {
			int status = this.http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
			return (status == 200) ? "ready" : "not ready";
		}
		catch (IOException ex) {
			return "not ready";
		}
	}

	/** Returns the role of a Redis server in its cluster. */
	private static String role(ProcessState redis) {
		try (RedisConnection connection = new RedisConnection(redis.port())) {
			return connection.info("replication", "role").equals("master") ? "master" : "replica";
		}
		catch (IOException ex) {
			return "no reply";
		}
	}

	private static String mebibytes(long bytes) {
		return (bytes > 0) ? String.format(Locale.ROOT, "%d MiB", bytes >> 20) : "-";
	}

	/** Reads the memory in use from {@code /proc} on Linux, otherwise from {@code ps}. */
	private static long memory(long pid) throws IOException, InterruptedException {
		Path status = Path.of("/proc", String.valueOf(pid), "status");
		if (Files.exists(status)) {
			List<String> lines = Files.readAllLines(status);
			return lines.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong(StatusTable::kibibytes)
				.sum() << 10;
		}
		Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
		String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
		ps.waitFor();
		return output.isEmpty() ? 0 : Long.parseLong(output) << 10;
	}

	private static long kibibytes(String line) {
		return Long.parseLong(line.replaceAll("\\D", ""));
	}

}
