package dev.agora.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the load generator wrk: a closed loop on keep-alive connections. */
final class Wrk {

	private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)(s|m)");

	private static final Pattern FAILED = Pattern.compile("Non-2xx.*|Socket errors.*");

	private static final int CONNECTIONS = 16;

	private Wrk() {
	}

	/** Installs wrk from the packages of the distribution if it is missing. */
	static void require() throws IOException, InterruptedException {
		if (run(List.of("sh", "-c", "command -v wrk")).status() == 0) {
			return;
		}
		System.out.println("Installing wrk, the load generator: apt-get install wrk");
		Output installed = run(List.of("sh", "-c", "apt-get update -qq; apt-get install -y -qq wrk"));
		if (installed.status() != 0) {
			throw new Problem("wrk could not be installed. Install it manually. " + installed.text());
		}
	}

	/**
	 * Loads a side; a failed request ends the measurement.
	 * @param side the side that receives the requests
	 * @param behind the process behind the side, which does not count as foreign load
	 * @param seconds the duration of the load
	 */
	static Sample load(Side side, long behind, int seconds) throws IOException, InterruptedException {
		return load(side, behind, seconds, CONNECTIONS);
	}

	/** Loads a side over a number of connections. */
	static Sample load(Side side, long behind, int seconds, int connections) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s"));
		side.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
		if (side.script() != null) {
			command.addAll(List.of("-s", side.script().toString()));
		}
		command.add(side.address().toString());
		double machine = Cpu.ofMachine();
		double others = Cpu.ofProcess(behind);
		double generator = Cpu.ofEndedChildren();
		double used = Cpu.ofProcess(side.pid());
		Output output = run(command);
		used = Cpu.ofProcess(side.pid()) - used;
		generator = Cpu.ofEndedChildren() - generator;
		others = Cpu.ofProcess(behind) - others + generator + used;
		return sample(side, output, new Sample(0, 0, used, generator, Cpu.ofMachine() - machine - others));
	}

	/** Returns a script that reads some paths in turn. */
	static String inTurn(List<String> paths) {
		return inTurn(List.of("GET"), paths);
	}

	/** Returns a script that requests some paths in turn, all with each method. */
	static String inTurn(List<String> methods, List<String> paths) {
		String formatted = methods.stream()
			.flatMap((method) -> paths.stream()
				.map((path) -> "  requests[#requests + 1] = wrk.format(\"%s\", \"%s\")\n".formatted(method, path)))
			.collect(Collectors.joining());
		return "local requests = {}\nlocal number = 0\nfunction init()\n" + formatted + """
				end
				function request()
				  number = number % #requests + 1
				  return requests[number]
				end
				""";
	}

	private static Sample sample(Side side, Output output, Sample used) {
		Matcher requests = REQUESTS.matcher(output.text());
		Matcher failed = FAILED.matcher(output.text());
		if (output.status() != 0 || !requests.find() || failed.find()) {
			throw new Problem(side.name() + " did not serve every request: " + output.text());
		}
		double seconds = Double.parseDouble(requests.group(2)) * (requests.group(3).equals("m") ? 60 : 1);
		return new Sample(Long.parseLong(requests.group(1)), seconds, used.cpu(), used.generator(),
				used.elsewhere() / seconds);
	}

	private static Output run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Output(process.waitFor(), text);
	}

	private record Output(int status, String text) {
	}

}
