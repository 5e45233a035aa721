package dev.agora.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChildrenTests {

	private static final List<String> SLEEP = List.of("sleep", "60");

	@TempDir
	private Path logs;

	@Test
	void theProcessesEndTogether() throws Exception {
		Children children = new Children(this.logs);
		List<Process> started = List.of(children.program(SLEEP, Map.of()), children.program(SLEEP, Map.of()));
		children.close();
		for (Process process : started) {
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/** The main thread continues for a moment while a signal ends the program. */
	@Test
	void noProcessStartsAfterTheEnd() {
		Children children = new Children(this.logs);
		children.close();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> children.program(SLEEP, Map.of()));
		assertThat(children.pids()).isEmpty();
	}

}
