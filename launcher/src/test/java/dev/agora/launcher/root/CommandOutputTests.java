package dev.agora.launcher.root;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommandOutputTests {

	@TempDir
	private Path folder;

	private List<String> script(String content) throws Exception {
		Path file = Files.writeString(this.folder.resolve("program"), "#!/bin/sh\n" + content);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
		return List.of(file.toString());
	}

	@Test
	void returnsStatusAndOutput() throws Exception {
		CommandOutput output = CommandOutput.of(script("echo one; echo two >&2; exit 3"), true, Duration.ofMinutes(1));
		assertThat(output).isEqualTo(new CommandOutput(3, "one\ntwo"));
		output = CommandOutput.of(script("echo one; echo two >&2"), false, Duration.ofMinutes(1));
		assertThat(output).isEqualTo(new CommandOutput(0, "one"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sleep 600", "echo begun; exec sleep 600", "read line; sleep 600", "yes" })
	void killsAProgramAfterTheTimeout(String content) throws Exception {
		CommandOutput output = CommandOutput.of(script(content), true, Duration.ofMillis(300));
		assertThat(output.status()).isEqualTo(CommandOutput.TIMED_OUT);
	}

	/** Java notices the end of the program before or after the output that stays open. */
	@Test
	@Timeout(300)
	void doesNotWaitForAChildWithTheOutput() throws Exception {
		Path child = this.folder.resolve("child");
		CommandOutput output = CommandOutput.of(script("sleep 600 & echo $! >" + child + "; echo done"), true,
				Duration.ofSeconds(1));
		assertThat(output.status()).isIn(0, CommandOutput.TIMED_OUT);
		if (Files.exists(child)) {
			ProcessHandle.of(Long.parseLong(Files.readString(child).strip())).ifPresent(ProcessHandle::destroyForcibly);
		}
	}

}
