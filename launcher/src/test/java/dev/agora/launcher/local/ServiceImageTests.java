package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.launcher.container.Container;
import dev.agora.launcher.container.ContainerEngine;
import dev.agora.launcher.process.JavaCommand;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServiceImageTests {

	private static final Pattern LIMIT = Pattern
		.compile("(?m)^ {2}([a-z-]+):\\n(?:(?! {2}[a-z]).*\\n)*?.*limits: \\{.*memory: (\\d+)Mi");

	private final DataDirectory data = new DataDirectory(Path.of("/data/of/agora"));

	private ProcessSpec session() {
		ServiceInstance instance = new ServiceInstance("session-service", "session-service-1", 20_001, 20_002)
			.set("agora.mongodb.uri", "mongodb://agora:secret@127.0.0.1")
			.setFile("agora.identity.signing-key", Path.of("/data/of/agora/keys/containers/signing/signing-key.json"));
		return new ServiceImage(new ContainerEngine("docker"), "agora/session-service:1", "1-abc", this.data)
			.specify(instance, Tier.SERVICE, true);
	}

	@Test
	void hasTheRestrictionsOfTheChart() {
		assertThat(String.join(" ", session().command())).contains("--user 10001:10001 --read-only --tmpfs /tmp:")
			.contains("--cap-drop ALL --security-opt no-new-privileges")
			.contains("--memory 448m --memory-swap 448m")
			.endsWith(" agora/session-service:1");
	}

	/** Spring Boot has other defaults in a pod, such as for forwarded headers. */
	@Test
	void hasTheEnvironmentOfAPod() {
		assertThat(String.join(" ", session().command())).contains("--env KUBERNETES_SERVICE_HOST=",
				"--env KUBERNETES_SERVICE_PORT=");
	}

	@Test
	void hidesSettingsFromTheCommandLine() {
		assertThat(session().command()).containsSequence("--env", "AGORA_MONGODB_URI")
			.noneMatch((word) -> word.contains("secret"));
		assertThat(session().environment()).containsEntry("AGORA_MONGODB_URI", "mongodb://agora:secret@127.0.0.1");
	}

	@Test
	void getsTheSettingsOfItsUser() {
		assertThat(ServiceImage.settingsAmong(Set.of("GATEWAY_LIMIT_RATE_MEMBER", "SPRING_PROFILES_ACTIVE",
				"TRACING_ENDPOINT", "JAVA_TOOL_OPTIONS", "PATH", "JAVA_HOME", "AGORA_BUILD")))
			.containsExactlyInAnyOrder("GATEWAY_LIMIT_RATE_MEMBER", "SPRING_PROFILES_ACTIVE", "TRACING_ENDPOINT",
					"JAVA_TOOL_OPTIONS");
	}

	@Test
	void explainsHowAnotherBuildIsStarted() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> session().requireJar())
			.withMessageContaining("session-service-1 runs in a container")
			.withMessageContaining("--image-tag");
	}

	@Test
	void isStoppedBeforeItIsRemoved(@TempDir Path folder) throws Exception {
		Path docker = Files.writeString(folder.resolve("docker"), """
				#!/bin/sh
				echo "$*" >>"$0.commands"
				[ "$1" != ps ] || printf 'c1\\nc2\\n'
				""");
		Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwx------"));
		new ContainerEngine(docker.toString()).removeContainers(this.data);
		assertThat(Files.readAllLines(folder.resolve("docker.commands"))).containsExactly(
				"ps --all --quiet --filter label=dev.agora.data=/data/of/agora", "stop -t 15 c1 c2",
				"rm --force c1 c2");
	}

	@Test
	void doesNotSetBuildAndMemoryOptions() {
		assertThat(session().environment()).doesNotContainKeys(ServiceInstance.BUILD, "MALLOC_ARENA_MAX");
		assertThat(session().version()).isEqualTo("1-abc");
	}

	@Test
	void mountsOnlyTheFoldersOfItsFiles() {
		String folder = "/data/of/agora/keys/containers/signing";
		assertThat(session().command()).containsOnlyOnce("--mount")
			.containsSequence("--mount", "type=bind,\"source=" + folder + "\",\"target=" + folder + "\",readonly");
	}

	@Test
	void isFoundByItsCommandLine() {
		assertThat(session().container()).get()
			.extracting(Container::name)
			.asString()
			.matches("agora-[0-9a-f]{8}-session-service-1");
		assertThat(Container.startedBy(new JavaCommand("64m").with("--name", "x").words())).isEmpty();
	}

	/** The limits of the chart were measured with these values. */
	@Test
	void hasTheMemoryLimitsOfTheChart() throws IOException {
		Matcher limits = LIMIT.matcher(Files.readString(Path.of("../helm/agora/values.yaml")));
		Map<String, String> granted = new TreeMap<>();
		while (limits.find()) {
			granted.putIfAbsent(limits.group(1), limits.group(2) + "m");
		}
		assertThat(granted).containsAllEntriesOf(ServiceImage.MEMORY);
	}

	/**
	 * The build file defines the entry point of an image, and a file of flags its share
	 * of the memory.
	 */
	@ParameterizedTest
	@CsvSource({ "-Da=b, 35.0", "-XX:MaxRAMPercentage=50, 50.0", "-XX:+UseG1GC, 35.0", "-Xmx64m -XX:+UseZGC, 35.0" })
	void prefersTheOptionsOfItsUser(String given, String share) throws Exception {
		List<String> command = new ArrayList<>(List.of(JavaCommand.java(), "-XX:Flags=image/flags"));
		Matcher flags = Pattern.compile("<jvmFlag>(-XX:(?!Flags).+)</jvmFlag>")
			.matcher(Files.readString(Path.of("../pom.xml")));
		while (flags.find()) {
			command.add(flags.group(1));
		}
		command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
		ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
		java.environment().put("JAVA_TOOL_OPTIONS", given);
		Process process = java.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).containsPattern(" MaxRAMPercentage += " + share).containsPattern(" ThreadStackSize += 512");
	}

}
