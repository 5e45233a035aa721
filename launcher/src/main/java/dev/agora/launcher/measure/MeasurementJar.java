package dev.agora.launcher.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.agora.launcher.root.Installation;

/** The jar with the commands that measure a running system. */
final class MeasurementJar {

	private static final String MODULE = "system-tests/measurements";

	private static final String JAR = MODULE + "/target/measurements-0.1.0-SNAPSHOT-exec.jar";

	private MeasurementJar() {
	}

	/** Builds the jar, runs one of its commands and returns its exit status. */
	static int run(List<String> arguments) throws IOException, InterruptedException {
		Path root = Installation.current().root();
		int built = build();
		if (built != 0) {
			return built;
		}
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-jar", root.resolve(JAR).toString()));
		command.addAll(arguments);
		return run(root, command);
	}

	/** Builds the jar, runs a script that uses it and returns its exit status. */
	static int runScript(String script, List<String> arguments) throws IOException, InterruptedException {
		Path root = Installation.current().root();
		int built = build();
		if (built != 0) {
			return built;
		}
		List<String> command = new ArrayList<>(List.of(root.resolve(script).toString()));
		command.addAll(arguments);
		return run(root, command);
	}

	private static int build() throws IOException, InterruptedException {
		Installation installation = Installation.current();
		return run(installation.root(),
				List.of(installation.maven(), "-B", "-q", "-pl", MODULE, "-DskipTests", "package"));
	}

	private static int run(Path root, List<String> command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
	}

}
