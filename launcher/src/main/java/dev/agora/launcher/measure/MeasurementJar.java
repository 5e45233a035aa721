package dev.agora.launcher.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.agora.launcher.root.Installation;

/** The jar with the commands that measure a running system. */
final class MeasurementJar {

	private static final String MODULE = "system-tests/measurements";

	private static final String JAR = MODULE + "/target/measurements-0.1.0-SNAPSHOT-exec.jar";

	private MeasurementJar() {
	}

	/** Builds the jar, runs one of its commands and returns its exit status. */
	static int run(List<String> arguments) throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return buildAndRun(List.of(java, "-Xmx256m", "-jar", JAR), arguments);
	}

	/**
	 * Builds the jar, runs a script that uses it and returns its exit status.
	 * @param script the path below the root of the installation
	 */
	static int runScript(String script, List<String> arguments) throws IOException, InterruptedException {
		return buildAndRun(List.of(Installation.current().root().resolve(script).toString()), arguments);
	}

	private static int buildAndRun(List<String> program, List<String> arguments)
			throws IOException, InterruptedException {
		Installation installation = Installation.current();
		int built = ChildProcess.run(installation.root(),
				List.of(installation.maven(), "-B", "-q", "-pl", MODULE, "-DskipTests", "package"));
		return (built != 0) ? built
				: ChildProcess.run(installation.root(), Stream.concat(program.stream(), arguments.stream()).toList());
	}

}
