package dev.agora.console.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class LaunchedTargetsTests {

	private static final String PROCESS = """
			{"name": "%s", "pid": %d, "port": 7, "managementPort": 0, "started": "%s", "paused": %s, "note": %s}""";

	@TempDir
	private Path folder;

	@Test
	void readsTheStateOfEachProcess() throws IOException {
		assertThat(find(process("kafka", true, false, "null"), process("redis", true, true, "\"is paused.\""),
				process("mongodb", false, true, "\"is paused.\"")))
			.extracting(Target::state)
			.containsExactly(Target.State.RUNNING, Target.State.PAUSED, Target.State.ENDED);
	}

	@Test
	void findsNothingWithoutTheFile() {
		StepVerifier.create(new LaunchedTargets(new StateFile(this.folder.resolve("none.json"))).find())
			.verifyComplete();
	}

	private List<Target> find(String... processes) throws IOException {
		Path file = Files.writeString(this.folder.resolve("system.json"),
				"{\"processes\": [" + String.join(",", processes) + "]}");
		return new LaunchedTargets(new StateFile(file)).find().toFuture().join();
	}

	/**
	 * Another start time stands for a process that has ended and whose id was used again.
	 */
	private static String process(String name, boolean alive, boolean paused, String note) {
		ProcessHandle self = ProcessHandle.current();
		String started = alive ? self.info().startInstant().orElseThrow().toString() : "2001-01-01T00:00:00Z";
		return PROCESS.formatted(name, self.pid(), started, paused, note);
	}

}
