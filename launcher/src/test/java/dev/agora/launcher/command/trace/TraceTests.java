package dev.agora.launcher.command.trace;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class TraceTests {

	private static final String ID = "0af7651916cd43dd8448eb211c80319c";

	private static final String OTHER = "1af7651916cd43dd8448eb211c80319c";

	@TempDir
	private Path data;

	private final StringWriter output = new StringWriter();

	@BeforeEach
	void writeLogs() throws IOException {
		write("gateway-1-access.log", """
				{"time":"2026-11-27T15:00:02.500Z","requestId":"r.1","traceId":"%s","status":503}
				{"time":"2026-11-27T15:00:02.600Z","requestId":"r.12","traceId":"%s","status":200}
				""".formatted(ID, OTHER));
		write("feed-service-1.log", """
				2026-11-27T16:00:01.000+01:00  INFO 1 --- [feed-service] [main] Started
				2026-11-27T16:00:02.000+01:00 ERROR 1 --- [feed-service] [loop-1] %s Handler : failed
				java.lang.IllegalStateException: broken
					at dev.agora.Feed.post(Feed.java:1)
				2026-11-27T16:00:03.000+01:00  WARN 1 --- [feed-service] [loop-1] %s Handler : other
				""".formatted(ID, OTHER));
		write("feed-service-1.1.log",
				"2026-11-27T14:59:59.000Z  WARN 1 --- [feed-service] [relay] %s Relay : late\n".formatted(ID));
		write("graph-service-1.log",
				"2026-11-27T15:00:02.100Z  WARN 1 --- [graph-service] [x] %s Listener : retried\n".formatted(ID));
	}

	@Test
	void showsTheLinesOfAllProcessesByTime() {
		assertThat(run(ID)).isZero();
		assertThat(this.output.toString().lines()).containsExactly(
				"feed-service-1    2026-11-27T14:59:59.000Z  WARN 1 --- [feed-service] [relay] " + ID + " Relay : late",
				"feed-service-1    2026-11-27T16:00:02.000+01:00 ERROR 1 --- [feed-service] [loop-1] " + ID
						+ " Handler : failed",
				"java.lang.IllegalStateException: broken", "\tat dev.agora.Feed.post(Feed.java:1)",
				"graph-service-1   2026-11-27T15:00:02.100Z  WARN 1 --- [graph-service] [x] " + ID
						+ " Listener : retried",
				"gateway-1-access  {\"time\":\"2026-11-27T15:00:02.500Z\",\"requestId\":\"r.1\",\"traceId\":\"" + ID
						+ "\",\"status\":503}");
	}

	@Test
	void findsTheTraceOfARequestId() {
		assertThat(run("r.1")).isZero();
		assertThat(this.output.toString()).contains("Listener : retried").doesNotContain(OTHER);
	}

	@Test
	void explainsAnUnknownId() {
		assertThat(run("2af7651916cd43dd8448eb211c80319c")).isEqualTo(1);
		assertThat(this.output.toString()).contains("No line of the logs in " + this.data.resolve("logs"))
			.contains("2af7651916cd43dd8448eb211c80319c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "..%2f", "x y", "é", "" })
	void refusesAMalformedId(String id) {
		assertThat(run(id)).isEqualTo(2);
		assertThat(this.output.toString()).contains("X-Trace-Id");
	}

	private int run(String id) {
		CommandLine line = new CommandLine(new Trace());
		line.setOut(new PrintWriter(this.output));
		line.setErr(new PrintWriter(this.output));
		line.setExecutionExceptionHandler((failure, command, parsed) -> {
			command.getErr().println(failure.getMessage());
			return 1;
		});
		return line.execute(id, "--data", this.data.toString());
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(Files.createDirectories(this.data.resolve("logs")).resolve(name), text);
	}

}
