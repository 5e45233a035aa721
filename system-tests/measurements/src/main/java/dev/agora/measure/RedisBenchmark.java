package dev.agora.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs redis-benchmark: one command at a time on each of its connections. */
final class RedisBenchmark {

	private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");

	/** The number of connections of wrk, so that both sides have as many. */
	private static final String CONNECTIONS = "16";

	private RedisBenchmark() {
	}

	/**
	 * Installs redis-benchmark from the packages of the distribution if it is missing.
	 */
	static void require() throws IOException, InterruptedException {
		if (run(List.of("sh", "-c", "command -v redis-benchmark")).status() == 0) {
			return;
		}
		System.out.println("Installing redis-benchmark: apt-get install redis-tools");
		Output installed = run(List.of("sh", "-c", "apt-get update -qq; apt-get install -y -qq redis-tools"));
		if (installed.status() != 0) {
			throw new Problem("redis-benchmark could not be installed. Install it manually. " + installed.text());
		}
	}

	/**
	 * Makes Redis run a command many times.
	 * @param server the process of Redis, whose CPU time counts
	 * @param port the port of Redis
	 * @param requests the number of times
	 */
	static Sample load(long server, int port, int requests, String... command)
			throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of("redis-benchmark", "-p", String.valueOf(port), "-c", CONNECTIONS,
				"-n", String.valueOf(requests), "-q"));
		line.addAll(List.of(command));
		double machine = Cpu.ofMachine();
		double generator = Cpu.ofEndedChildren();
		double used = Cpu.ofProcess(server);
		long start = System.nanoTime();
		double seconds = requests / rate(run(line));
		double elapsed = (System.nanoTime() - start) / 1e9;
		used = Cpu.ofProcess(server) - used;
		generator = Cpu.ofEndedChildren() - generator;
		return new Sample(requests, seconds, used, generator, (Cpu.ofMachine() - machine - used - generator) / elapsed);
	}

	/** The last line has the rate of the whole run. */
	private static double rate(Output output) {
		Matcher rate = RATE.matcher(output.text());
		double last = 0;
		while (rate.find()) {
			last = Double.parseDouble(rate.group(1));
		}
		if (output.status() != 0 || last == 0) {
			throw new Problem("redis-benchmark has failed: " + output.text());
		}
		return last;
	}

	private static Output run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Output(process.waitFor(), text);
	}

	private record Output(int status, String text) {
	}

}
