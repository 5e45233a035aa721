package dev.agora.launcher.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JvmOptionsTests {

	@TempDir
	private Path folder;

	private List<String> own() {
		return List.of("-Xmx64m", "-Xms32m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-XX:+ExitOnOutOfMemoryError", "-XX:ArchiveClassesAtExit=" + this.folder.resolve("a.jsa"),
				"-Xlog:cds=off", "-Xlog:cds+dynamic=off");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:-UseSerialGC", "-Xmx24m", "-Xms80m -Xmx90m",
			"-XX:MaxRAMPercentage=5", "-XX:MaxHeapSize=24m", "-Xint", "-XX:-TieredCompilation", "-Xss1m", "-Xshare:off",
			"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0" })
	void startAJvmTogetherWithTheUsersOptions(String given) throws Exception {
		List<String> command = Stream
			.of(List.of(JavaCommand.java()), new JvmOptions(given).allowed(own()), List.of("-version"))
			.flatMap(List::stream)
			.toList();
		ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
		java.environment().put("JAVA_TOOL_OPTIONS", given);
		Process process = java.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		assertThat(output).doesNotContain("warning");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:+UseG1GC -XX:-TieredCompilation", "-Xint -XX:+UseParallelGC" })
	void applyToTheExtractionOfJars(String given) {
		List<String> words = ServiceJar.extraction(this.folder, this.folder).words(new JvmOptions(given));
		assertThat(words).contains("-jar", "extract").doesNotContain("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
	}

	@Test
	void areUnchangedWithoutOptionsOfTheUser() {
		assertThat(JvmOptions.of(Map.of("JAVA_TOOL_OPTIONS", " ")).allowed(own())).isEqualTo(own());
	}

	@Test
	void areReadFromEachVariableOfAJvm() {
		Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", "-Xmx1g", "_JAVA_OPTIONS", "-XX:+UseG1GC", "PATH",
				"/bin");
		assertThat(JvmOptions.of(environment).allowed(own())).doesNotContain("-Xmx64m", "-Xms32m", "-XX:+UseSerialGC")
			.contains("-Xss512k");
		assertThat(JvmOptions.sources(environment)).containsExactly("JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
	}

}
