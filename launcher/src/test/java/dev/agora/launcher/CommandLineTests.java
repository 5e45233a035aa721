package dev.agora.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTests {

	@TempDir
	private Path data;

	private final StringWriter said = new StringWriter();

	private int run(String arguments) {
		CommandLine line = Agora.commandLine();
		line.setOut(new PrintWriter(this.said));
		line.setErr(new PrintWriter(this.said));
		return line.execute(arguments.replace("DATA", this.data.toString()).split(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "up --bogus", "up --clones feed-service", "up --clones feed-service=0",
			"up --clones nobody-service=2", "up --brokers 2", "up --brokers x", "up --brokers 3 --kafka 127.0.0.1:9092",
			"up --redis-cluster --redis redis://127.0.0.1:6379", "up --clones feed-service=x", "up --port 70000",
			"up --port x", "logs", "dead-letters burn", "kill", "restart", "load --concurrency x", "fly" })
	void showsTheUsageOfAWrongCommand(String arguments) {
		assertThat(run(arguments)).isEqualTo(2);
		assertThat(this.said.toString()).contains("Usage: agora").contains("--help").doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "up", "status", "logs", "down", "load", "test", "images", "dead-letters", "rotate-key",
			"start", "stop", "kill", "restart" })
	void explainsItself(String command) {
		assertThat(run((command + " --help").strip())).isZero();
		assertThat(this.said.toString()).startsWith("Usage: agora");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kill kafka --data DATA", "restart all --data DATA", "dead-letters --data DATA",
			"load --data DATA" })
	void saysThatNothingRuns(String arguments) {
		assertThat(run(arguments)).isEqualTo(1);
		assertThat(this.said.toString()).contains("Nothing runs on").contains("./agora up");
	}

	@Test
	void saysWhichLogsThereAre() {
		assertThat(run("logs nobody --data DATA")).isEqualTo(1);
		assertThat(this.said.toString()).contains("There is no log of nobody");
	}

}
