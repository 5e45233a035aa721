package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the script that creates the topics, and parses its login with Kafka's classes. */
class TopicsScriptTests {

	private static final String TOOL = """
			#!/bin/sh
			case " $* " in *" --list "*) exec "%s" -cp "$CLASSES" dev.agora.chart.FakeTopicsTool "$@" ;; esac
			""";

	/**
	 * Characters that are special in a shell, a login configuration or a properties file.
	 */
	private static final String PASSWORD = "'a\"b\\c\\\\d\\n%e%%s$HOME ${env:HOME} $(id) `id` & ; = , # ! // \r\nf\té€😀\\";

	@TempDir
	private Path folder;

	@Test
	void logsInWithAnyPassword() throws Exception {
		assertThat(login("SCRAM-SHA-512", "ann \"the\" first", PASSWORD)).isEqualTo("ann \"the\" first\0" + PASSWORD);
		assertThat(login("PLAIN", "ann", "\n")).isEqualTo("ann\0\n");
	}

	private String login(String mechanism, String username, String password) throws IOException, InterruptedException {
		Path tool = Files.createDirectories(this.folder.resolve("bin")).resolve("kafka-topics.sh");
		Files.writeString(tool, TOOL.formatted(Path.of(System.getProperty("java.home"), "bin/java")));
		Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
		Path login = this.folder.resolve("login");
		ProcessBuilder script = new ProcessBuilder("bash", Chart.FOLDER.resolve("files/topics.sh").toString());
		script.environment()
			.putAll(Map.of("KAFKA_HOME", this.folder.toString(), "CLASSES", System.getProperty("java.class.path"),
					"LOGIN_FILE", login.toString(), "SERVERS", "broker:9092", "TOPICS", "", "DEAD_LETTERS", "",
					"TMPDIR", this.folder.toString(), "PROTOCOL", "SASL_PLAINTEXT"));
		script.environment()
			.putAll(Map.of("MECHANISM", mechanism, "AGORA_KAFKA_LOGIN_USERNAME", username, "AGORA_KAFKA_LOGIN_PASSWORD",
					password, "LC_ALL", "C.UTF-8"));
		Path output = this.folder.resolve("output");
		Process process = script.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		return Files.readString(login);
	}

}
