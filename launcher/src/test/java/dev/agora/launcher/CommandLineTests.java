package dev.agora.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTests {

	private static final String PROCESS = """
			{"name": "%s", "pid": %d, "started": "%s", "port": 0, "managementPort": 0, "log": "", "version": ""}""";

	@TempDir
	private Path data;

	private final StringWriter output = new StringWriter();

	private int run(String arguments) {
		CommandLine line = Agora.commandLine();
		line.setOut(new PrintWriter(this.output));
		line.setErr(new PrintWriter(this.output));
		return line.execute(arguments.replace("DATA", this.data.toString()).split(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "up --bogus", "up --clones feed-service", "up --clones feed-service=0",
			"up --clones nobody-service=2", "up --brokers 2", "up --brokers x", "up --brokers 3 --kafka 127.0.0.1:9092",
			"up --redis-cluster --redis redis://127.0.0.1:6379", "up --host 203.0.113.7", "up --host ::1",
			"up --host no.such.host.invalid", "up --mongodb 127.0.0.1:27017", "up --redis 127.0.0.1:6379",
			"up --kafka kafka://127.0.0.1:9092", "up --mongodb-memory 2", "up --mongodb-memory 0m", "up --image-tag 2",
			"up --image-prefix mine/", "test --url http://127.0.0.1:8080 --distributed", "up --clones feed-service=x",
			"up --port 70000", "up --port x", "logs", "trace", "dead-letters burn", "jobs burn", "operators burn",
			"jobs list --state gone", "kill", "restart", "load --concurrency x", "show", "fly" })
	void printsTheUsageForAWrongCommand(String arguments) {
		assertThat(run(arguments)).isEqualTo(2);
		assertThat(this.output.toString()).contains("Usage: agora").contains("--help").doesNotContain("\tat ");
	}

	@Test
	void namesTheHelpOfTheCommandThatIsWrong() {
		run("fly");
		assertThat(this.output.toString()).contains(" ./agora --help");
		run("up --bogus");
		assertThat(this.output.toString()).contains(" ./agora up --help");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "up", "status", "logs", "trace", "down", "load", "test", "images", "dead-letters",
			"jobs", "operators", "bake", "rotate-key", "measure", "show", "cluster-check", "start", "stop", "kill",
			"restart" })
	void printsHelpForEachCommand(String command) {
		assertThat(run((command + " --help").strip())).isZero();
		assertThat(this.output.toString()).startsWith("Usage: agora");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kill kafka --data DATA", "restart all --data DATA", "dead-letters --data DATA",
			"bake --data DATA", "jobs --data DATA", "operators --data DATA", "operators grant ann_1 --data DATA",
			"load --data DATA" })
	void failsWhereNoSystemRuns(String arguments) {
		assertThat(run(arguments)).isEqualTo(1);
		assertThat(this.output.toString()).contains("Nothing runs on").contains("./agora up --data " + this.data);
	}

	@ParameterizedTest
	@CsvSource({ "start, 0, All processes of kafka run already.", "stop, 60, No process of kafka runs.",
			"kill, 60, No process of kafka runs." })
	void failsWhenNoProcessIsInTheRightState(String action, int age, String message) throws IOException {
		ProcessHandle self = ProcessHandle.current();
		Instant start = self.info().startInstant().orElseThrow();
		String launcher = PROCESS.formatted("launcher", self.pid(), start);
		// A process that was started at another time has the id now.
		String kafka = PROCESS.formatted("kafka-%d", self.pid(), start.minusSeconds(age));
		Files.writeString(this.data.resolve("system.json"), "{\"gatewayUrls\": [], \"launcher\": " + launcher
				+ ", \"processes\": [" + kafka.formatted(1) + ", " + kafka.formatted(2) + "]}");
		assertThat(run(action + " kafka --data DATA")).isEqualTo(1);
		assertThat(this.output.toString().strip()).isEqualTo(message);
	}

	@Test
	void createsNoKeysWithoutASystem() {
		assertThat(run("rotate-key --data DATA")).isEqualTo(1);
		assertThat(this.output.toString()).contains("There are no keys in");
		assertThat(this.data).isEmptyDirectory();
	}

	@Test
	void listsTheLogsWhenAProcessIsUnknown() {
		assertThat(run("logs nobody --data DATA")).isEqualTo(1);
		assertThat(this.output.toString()).contains("There is no log of nobody");
	}

	@ParameterizedTest
	@ValueSource(strings = { "up --data DATA/file", "up --data DATA/file/below", "down --data DATA/damaged",
			"status --data DATA/damaged", "load --products DATA/none.csv", "load --graph DATA", "load --url x",
			"load --url http://a|b", "logs x --data DATA/file", "rotate-key --data DATA/file",
			"restart all --data DATA/damaged" })
	void explainsAnUnusableFileOrAddressInOneSentence(String arguments) throws IOException {
		Files.createFile(this.data.resolve("file"));
		Files.writeString(Files.createDirectory(this.data.resolve("damaged")).resolve("system.json"), "{\"proc");
		assertThat(run(arguments)).isEqualTo(1);
		assertThat(this.output.toString().strip()).hasLineCount(1).endsWith(".").doesNotContain("Exception");
	}

	@Test
	void refusesADirectoryNameWithAPlaceholder() {
		assertThat(run("up --data DATA/${x}")).isEqualTo(1);
		assertThat(this.output.toString()).contains("--data DIR");
	}

	@Test
	void printsItsVersion() {
		assertThat(run("--version")).isZero();
		assertThat(this.output.toString()).startsWith("Agora ").contains("Java ");
	}

}
