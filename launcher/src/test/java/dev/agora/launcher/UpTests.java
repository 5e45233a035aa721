package dev.agora.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs {@code ./agora up --backends-only} as a process of its own. */
class UpTests {

	private static final Duration BOUND = Duration.ofMinutes(3);

	@TempDir
	private Path folder;

	private Path data;

	private Path programs;

	private final List<Process> launchers = new ArrayList<>();

	@BeforeEach
	void nameTheData() throws IOException {
		this.programs = Files.createDirectory(this.folder.resolve("programs"));
		this.data = this.folder.resolve("a b,c\\d'e\"f:g");
	}

	@AfterEach
	void stopAll() throws Exception {
		for (Process launcher : this.launchers) {
			launcher.destroy();
			assertThat(launcher.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		Awaitility.await().atMost(BOUND).until(() -> remainingProcesses().isEmpty());
	}

	/** Lists the processes whose working directory is in the data directory. */
	private List<String> remainingProcesses() {
		return ProcessHandle.allProcesses()
			.map(this::workingDirectory)
			.filter((at) -> at.startsWith(this.data.toString()))
			.toList();
	}

	private String workingDirectory(ProcessHandle process) {
		try {
			return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).toString();
		}
		catch (IOException ex) {
			// The process has ended, or belongs to another user.
			return "";
		}
	}

	private Path up(String name, String... options) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m", "-cp",
						System.getProperty("java.class.path"), "-Dagora.home=" + Path.of("..").toRealPath(),
						"dev.agora.launcher.Agora", "up", "--backends-only", "--data", this.data.toString()));
		command.addAll(List.of(options));
		Path log = this.folder.resolve(name);
		ProcessBuilder launcher = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		launcher.environment().merge("PATH", this.programs.toString(), (path, more) -> more + ":" + path);
		this.launchers.add(launcher.start());
		return log;
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitOutput(Path log, String text) {
		Awaitility.await(text).atMost(BOUND).until(() -> read(log).contains(text));
	}

	private void stop() throws Exception {
		Process launcher = this.launchers.get(this.launchers.size() - 1);
		launcher.destroy();
		assertThat(launcher.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void keepsTheDataOfADirectoryOfAnyName() throws Exception {
		awaitOutput(up("first"), "Ctrl-C stops the backends");
		stop();
		assertThat(this.data.resolve("kafka/log/meta.properties")).exists();
		// Redis 6 writes a file, Redis 7 a directory.
		assertThat(this.data.resolve("redis")).isDirectoryContaining("glob:**/appendonly*");
		Path second = up("second");
		awaitOutput(second, "Ctrl-C stops the backends");
		assertThat(read(second)).doesNotContain("has ended").doesNotContain("starts empty");
		try (Stream<Path> beside = Files.list(this.folder)) {
			assertThat(beside).containsExactlyInAnyOrder(this.data, this.programs, this.folder.resolve("first"),
					second);
		}
	}

	@Test
	void startsTheMongoThatHasWrittenTheData() throws Exception {
		awaitOutput(up("built-in", "--kafka", "127.0.0.1:9"), "Ctrl-C stops the backends");
		stop();
		Path mongod = Files.writeString(this.programs.resolve("mongod"), "#!/bin/sh\nexit 14\n");
		Files.setPosixFilePermissions(mongod, PosixFilePermissions.fromString("rwx------"));
		awaitOutput(up("again", "--kafka", "127.0.0.1:9"), "Ctrl-C stops the backends");
	}

	@Test
	void deletesTheKeysOfAnotherRedis() throws Exception {
		Path keys = Files.createDirectories(this.data.resolve("redis/appendonlydir")).resolve("other.aof");
		Files.writeString(keys, "");
		Files.writeString(this.data.resolve("redis/engine"), "Redis 99.1");
		Path log = up("other", "--kafka", "127.0.0.1:9");
		awaitOutput(log, "Ctrl-C stops the backends");
		assertThat(read(log)).contains("starts empty");
		assertThat(keys).doesNotExist();
	}

	@Test
	void refusesTheSecondOfTwoSimultaneousStarts() throws Exception {
		List<Path> logs = List.of(up("first"), up("second"));
		Awaitility.await().atMost(BOUND).until(() -> this.launchers.stream().filter(Process::isAlive).count() == 1);
		int refused = this.launchers.get(0).isAlive() ? 1 : 0;
		assertThat(this.launchers.get(refused).exitValue()).isEqualTo(1);
		assertThat(read(logs.get(refused))).containsAnyOf("is starting or stopping the system on", "runs already");
		awaitOutput(logs.get(1 - refused), "Ctrl-C stops the backends");
	}

	@Test
	void reportsNoFailureWhenStoppedDuringTheStart() throws Exception {
		Path log = up("stopped");
		awaitOutput(log, "Starting Agora on");
		stop();
		assertThat(read(log)).endsWith("Stopping.\n")
			.doesNotContain("The system is ready", "is not ready", "has ended", "\tat ");
		assertThat(this.data.resolve("system.json")).doesNotExist();
	}

	@Test
	void printsNoPasswordOfARunningStore() throws Exception {
		Path log = up("given", "--kafka", "127.0.0.1:9", "--redis", "redis://me:secret@127.0.0.1:9");
		awaitOutput(log, "runs already at redis://127.0.0.1:9");
		assertThat(read(log)).doesNotContain("secret");
	}

}
