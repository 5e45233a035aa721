package dev.agora.launcher.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ChildProcessTests {

	/** A command that takes a second to clean up after SIGTERM. */
	private static final String COMMAND = "trap 'sleep 1; touch cleaned; exit' TERM; touch started;"
			+ " while :; do sleep 0.1; done";

	@TempDir
	private Path folder;

	/** The process that the test stops: it runs the command in a folder. */
	public static void main(String[] folder) throws Exception {
		ChildProcess.run(Path.of(folder[0]), List.of("/bin/sh", "-c", COMMAND));
	}

	@Test
	void endsWithItsParentAndCleansUpBefore() throws Exception {
		Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx32m", "-cp", System.getProperty("java.class.path"), ChildProcessTests.class.getName(),
				this.folder.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile())
			.start();
		try {
			Awaitility.await("the command")
				.atMost(Duration.ofMinutes(1))
				.until(() -> Files.exists(this.folder.resolve("started")));
			List<ProcessHandle> children = parent.children().toList();
			parent.destroy();
			assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(this.folder.resolve("cleaned")).exists();
			assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
		}
		finally {
			parent.descendants().forEach(ProcessHandle::destroyForcibly);
			parent.destroyForcibly();
		}
	}

	@Test
	void returnsTheExitStatus() throws Exception {
		assertThat(ChildProcess.run(this.folder, List.of("/bin/sh", "-c", "exit 3"))).isEqualTo(3);
	}

}
