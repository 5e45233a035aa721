package dev.agora.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import dev.agora.rules.Modules;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs the scripts that check a cluster. The cluster is a pair of scripts that answer as
 * {@code kubectl} and {@code helm} would.
 */
final class TestCluster {

	static final Path SCRIPTS = Modules.root().resolve("system-tests/cluster");

	private static final Path TOOLS = Modules.root().resolve("system-tests/src/test/resources/cluster");

	private final Path folder;

	private int status;

	/**
	 * Creates a cluster.
	 * @param folder an empty folder for its state
	 */
	TestCluster(Path folder) {
		assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "The scripts need bash.");
		this.folder = folder;
	}

	void installRelease() throws IOException {
		Files.createFile(this.folder.resolve("installed"));
	}

	/** Runs the check, and returns its output. */
	String check(Map<String, String> planted, String... options) throws IOException, InterruptedException {
		return outputOf(startCheck(planted, options));
	}

	Process startCheck(Map<String, String> planted, String... options) throws IOException {
		String logs = this.folder.resolve("logs").toString();
		return start(planted, "check", Stream.concat(Stream.of("--logs", logs), Stream.of(options)));
	}

	/**
	 * Runs the rehearsal, and returns its output. Without a JDK, it ends when it builds
	 * the images.
	 */
	String rehearse(String namespace) throws IOException, InterruptedException {
		return outputOf(
				start(Map.of("JAVA_HOME", this.folder.toString()), "rehearse", Stream.of("--namespace", namespace)));
	}

	private Process start(Map<String, String> variables, String script, Stream<String> options) throws IOException {
		Path calls = Files.writeString(this.folder.resolve("calls"), "");
		Stream<String> program = Stream.of("/bin/bash", SCRIPTS.resolve(script).toString());
		ProcessBuilder process = new ProcessBuilder(Stream.concat(program, options).toList()).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("output").toFile());
		process.environment()
			.putAll(Map.of("CALLS", calls.toString(), "PLANTED_FAILURES", "0", "PATH",
					TOOLS + ":" + System.getenv("PATH")));
		process.environment().putAll(variables);
		return process.start();
	}

	private String outputOf(Process process) throws IOException, InterruptedException {
		this.status = process.waitFor();
		return Files.readString(this.folder.resolve("output"));
	}

	/** Fails if the last load outlives the check that has started it. */
	void awaitEndOfLoad() throws Exception {
		Path load = this.folder.resolve("load");
		if (Files.exists(load)) {
			long pid = Long.parseLong(Files.readString(load).strip());
			Awaitility.await("the end of the load")
				.atMost(Duration.ofSeconds(20))
				.until(() -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
		}
	}

	/** The exit status of the last run. */
	int status() {
		return this.status;
	}

	/** The calls of the tools during the last run, one a line. */
	List<String> calls() throws IOException {
		return Files.readAllLines(this.folder.resolve("calls"));
	}

}
