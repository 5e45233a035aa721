package dev.agora.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Runs the script {@code agora} with a Java that only prints its arguments. */
class ScriptTests {

	private static final String JAVA = """
			#!/bin/sh
			case "$*" in
			  *-XshowSettings*) [ "$JAVA_TOOL_OPTIONS" != broken ] || { echo "Unrecognized option: broken"; exit 1; }
			    echo "    java.specification.version = 17" >&2; exit ;;
			esac
			echo "LC_ALL=$LC_ALL"
			printf '%s\\n' "$@"
			""";

	private static final List<String> MODULES = List.of("platform", "web", "gateway", "session-service",
			"product-service", "graph-service", "feed-service", "console", "embedded-mongo", "launcher/broker",
			"launcher");

	@TempDir
	private Path folder;

	private final Map<String, String> environment = new TreeMap<>();

	private Path home;

	@BeforeEach
	void prepare() throws IOException {
		this.folder = this.folder.toRealPath();
		this.home = Files.createDirectories(this.folder.resolve("its home"));
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		copyTo(this.home);
		executable(this.folder.resolve("jdk/bin/java"), JAVA);
		this.environment.put("JAVA_HOME", this.folder.resolve("jdk").toString());
		this.environment.put("AGORA_BUILT", "yes");
	}

	private static void copyTo(Path directory) throws IOException {
		executable(directory.resolve("agora"), Files.readString(Path.of("../agora")));
	}

	private static void executable(Path file, String content) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private List<String> run(Path directory, String... command) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
		builder.environment().putAll(this.environment);
		Process process = builder.start();
		List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		process.waitFor();
		return output;
	}

	@Test
	void findsItsFolderThroughSymbolicLinks() throws Exception {
		Path bin = Files.createDirectories(this.folder.resolve("bin"));
		Files.createSymbolicLink(bin.resolve("first"), Path.of("../its home/agora"));
		Files.createSymbolicLink(bin.resolve("second"), bin.resolve("first"));
		assertThat(run(this.folder, "bin/second", "status")).contains("-Dagora.home=" + this.home).endsWith("status");
	}

	@Test
	void findsItsFolderThroughALinkToTheFolder() throws Exception {
		Files.createSymbolicLink(this.folder.resolve("link"), this.home);
		assertThat(run(this.folder, "link/agora")).contains("-Dagora.home=" + this.home);
	}

	@Test
	void ignoresCdpath() throws Exception {
		copyTo(this.folder.resolve("elsewhere/its home"));
		this.environment.put("CDPATH", this.folder.resolve("elsewhere").toString());
		assertThat(run(this.folder, "bash", "its home/agora")).contains("-Dagora.home=" + this.home);
	}

	@ParameterizedTest
	@ValueSource(strings = { "comma,here", "quote'here", "back\\slash", "dollar$HOME", "per%cent", "star*", "bang!" })
	void worksInAFolderOfAnyName(String name) throws Exception {
		copyTo(this.folder.resolve(name));
		assertThat(run(this.folder, this.folder.resolve(name) + "/agora"))
			.contains("-Dagora.home=" + this.folder.resolve(name));
	}

	@Test
	void refusesAFolderWithAColon() throws Exception {
		copyTo(this.folder.resolve("a:b"));
		assertThat(run(this.folder, "a:b/agora")).singleElement().asString().contains("colon");
	}

	@ParameterizedTest
	@CsvSource({ "-XX:+UseG1GC, -XX:+UseSerialGC", "-Da=b -XX:+UseZGC, -XX:+UseSerialGC", "-Xmx1g, -Xmx48m",
			"-XX:MaxRAMPercentage=10, -Xmx48m", "-Xmx7m, -Xms8m", "-Xss1m, -Xss512k" })
	void omitsOptionsThatConflictWithTheUsers(String given, String own) throws Exception {
		assertThat(run(this.home, "./agora")).contains(own);
		for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
			this.environment.put(variable, given);
			assertThat(run(this.home, "./agora")).doesNotContain(own).contains("dev.agora.launcher.Agora");
			this.environment.remove(variable);
		}
	}

	@Test
	void printsWhyJavaDoesNotStart() throws Exception {
		this.environment.put("JAVA_TOOL_OPTIONS", "broken");
		assertThat(run(this.home, "./agora")).contains("Unrecognized option: broken")
			.last()
			.asString()
			.contains("JAVA_TOOL_OPTIONS");
	}

	@Test
	void namesAWrongJavaHome() throws Exception {
		this.environment.put("JAVA_HOME", this.home.toString());
		assertThat(run(this.home, "./agora")).singleElement().asString().contains("bin/java").contains("JAVA_HOME");
	}

	@ParameterizedTest
	@ValueSource(strings = { "C", "POSIX", "xx_YY" })
	void choosesALocaleWithUtf8(String locale) throws Exception {
		assumeThat(run(this.home, "locale", "-a")).anyMatch((known) -> known.matches("(?i)c\\.utf-?8"));
		this.environment.put("LC_ALL", locale);
		assertThat(run(this.home, "./agora")).contains("LC_ALL=C.UTF-8");
	}

	@Test
	void runsTheExistingBuildWithoutWritePermission() throws Exception {
		for (String module : MODULES) {
			Path target = Files.createDirectories(this.home.resolve(module).resolve("target"));
			Files.createFile(target.resolve("any.jar"));
			Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
		}
		assertThat(runUnbuilt()).contains("dev.agora.launcher.Agora").anyMatch((line) -> line.contains("cannot write"));
	}

	@Test
	void failsWithoutABuildAndWithoutWritePermission() throws Exception {
		assertThat(runUnbuilt()).singleElement().asString().contains("not built").contains("cannot write to");
	}

	/** Runs the script as another user, since root can write everywhere. */
	private List<String> runUnbuilt() throws Exception {
		this.environment.remove("AGORA_BUILT");
		boolean root = System.getProperty("user.name").equals("root");
		Files.setPosixFilePermissions(this.home, PosixFilePermissions.fromString("r-xr-xr-x"));
		List<String> command = new ArrayList<>();
		if (root) {
			assumeThat(Path.of("/usr/bin/setpriv")).exists();
			command.addAll(List.of("setpriv", "--reuid", "65534", "--clear-groups"));
		}
		command.add("./agora");
		try {
			return run(this.home, command.toArray(String[]::new));
		}
		finally {
			run(this.folder, "chmod", "-R", "u+w", this.home.toString());
		}
	}

	@ParameterizedTest
	@CsvSource({ "agora, lf", "mvnw, lf", "mvnw.cmd, crlf", "helm/agora/values.yaml, lf",
			"helm/agora/files/journey.sh, lf", "helm/agora/files/trial/redis, lf", "contracts/openapi.json, lf",
			"launcher/base-image.sh, lf" })
	void filesHaveTheRightLineEnds(String file, String end) throws Exception {
		Path root = Path.of("..").toRealPath();
		assumeThat(root.resolve(".git")).exists();
		assertThat(run(root, "git", "check-attr", "eol", "--", file)).containsExactly(file + ": eol: " + end);
	}

}
