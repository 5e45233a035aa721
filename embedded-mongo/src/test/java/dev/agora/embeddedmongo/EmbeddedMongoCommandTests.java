package dev.agora.embeddedmongo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedMongoCommandTests {

	@TempDir
	Path directory;

	private final StringWriter output = new StringWriter();

	private int run(String... arguments) {
		PrintWriter writer = new PrintWriter(this.output, true);
		return new CommandLine(new EmbeddedMongoCommand()).setOut(writer).setErr(writer).execute(arguments);
	}

	@Test
	void describesItsOptions() {
		assertThat(run("--help")).isZero();
		assertThat(this.output.toString()).contains("--port=PORT", "27017", "--data=DIR", "mongo-data");
	}

	@Test
	void refusesAPortThatDoesNotExist() {
		assertThat(run("--port", "70000")).isEqualTo(2);
		assertThat(this.output.toString()).contains("--port must be 0 to 65535, not 70000.");
	}

	@Test
	void namesAPortThatIsInUse() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String port = String.valueOf(taken.getLocalPort());
			assertThat(run("--data", this.directory.toString(), "--port", port)).isEqualTo(1);
			assertThat(this.output.toString()).startsWith("Port " + port).contains("Choose another with --port.");
		}
	}

	@Test
	void namesDataThatIsInUse() throws Exception {
		try (EmbeddedMongo first = EmbeddedMongo.start(this.directory, 0)) {
			assertThat(first.uri()).startsWith("mongodb://127.0.0.1:");
			assertThat(run("--data", this.directory.toString(), "--port", "0")).isEqualTo(1);
			assertThat(this.output.toString()).contains(this.directory.toString(), "in use by another process");
		}
	}

	@Test
	void namesAFileThatIsNoDirectory() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThat(run("--data", file.toString(), "--port", "0")).isEqualTo(1);
		assertThat(this.output.toString()).startsWith("The data in " + file + " cannot be opened");
	}

}
