package dev.agora.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A system that was started without options is reachable from its own machine only. */
class LoopbackJourney {

	private static final Path NET = Path.of("/proc/net");

	private static final String LISTENING = "0A";

	private static final Set<String> LOOPBACK = Set.of("0100007F", "0000000000000000FFFF00000100007F",
			"00000000000000000000000001000000");

	@BeforeAll
	static void requireLinux() {
		assumeThat(NET).exists();
		assumeThat(TestSystem.isOwn()).isTrue();
		TestSystem.gateway();
	}

	@Test
	void everyProcessListensOnTheLoopbackAddressOnly() throws IOException {
		Map<String, String> sockets = listening("tcp");
		sockets.putAll(listening("tcp6"));
		Set<String> exposed = new TreeSet<>();
		for (JsonNode process : TestSystem.processes().toList()) {
			List<String> own = socketsOf(process.path("pid").asLong()).filter(sockets::containsKey).toList();
			assertThat(own).as(TestSystem.name(process)).isNotEmpty();
			own.stream()
				.filter((socket) -> !LOOPBACK.contains(sockets.get(socket)))
				.forEach((socket) -> exposed.add(TestSystem.name(process) + " at " + sockets.get(socket)));
		}
		assertThat(exposed).isEmpty();
	}

	/** Returns the addresses of the listening sockets by their inodes. */
	private static Map<String, String> listening(String protocol) throws IOException {
		try (Stream<String> lines = Files.lines(NET.resolve(protocol))) {
			return lines.map((line) -> line.strip().split("\\s+"))
				.filter((columns) -> columns.length > 9 && columns[3].equals(LISTENING))
				.collect(Collectors.toMap((columns) -> columns[9], (columns) -> columns[1].split(":", 2)[0],
						(one, other) -> one, TreeMap::new));
		}
	}

	private static Stream<String> socketsOf(long pid) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
			return files.map(LoopbackJourney::target)
				.filter((target) -> target.startsWith("socket:["))
				.map((target) -> target.replaceAll("\\D", ""))
				.toList()
				.stream();
		}
	}

	private static String target(Path file) {
		try {
			return Files.readSymbolicLink(file).toString();
		}
		catch (IOException ex) {
			// The file was closed in between.
			return "";
		}
	}

}
