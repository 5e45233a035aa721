package dev.agora.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import dev.agora.launcher.root.Installation;

/** Compares the running system with lower bounds. */
@Command(name = "measure",
		description = "Measure the running system, and compare it with lower bounds in the same run.")
public final class Measure implements Callable<Integer> {

	private static final String MODULE = "system-tests/measurements";

	private static final String JAR = MODULE + "/target/measurements-0.1.0-SNAPSHOT-exec.jar";

	@Parameters(arity = "1..*", paramLabel = "WHAT",
			description = "gateway, clones, reads, stampede, staleness, imports, members, growth, mutual, pages, feeds, push-pull or fan-out, and options after --; "
					+ "see also: ./agora measure -- --help")
	private List<String> arguments = List.of();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Installation installation = Installation.current();
		Path root = installation.root();
		int built = run(root, List.of(installation.maven(), "-B", "-q", "-pl", MODULE, "-DskipTests", "package"));
		if (built != 0) {
			return built;
		}
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-jar", root.resolve(JAR).toString()));
		command.addAll(this.arguments);
		return run(root, command);
	}

	private static int run(Path root, List<String> command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
	}

}
