package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;

import static org.assertj.core.api.Assertions.assertThat;

/** A service or gateway ends in order before the launcher would kill it. */
class StopTimeoutTests {

	/** To send the last events (2 s), close the clients (4 s), and one in reserve. */
	private static final Duration CLOSE = Duration.ofSeconds(7);

	private static final String PHASE = "timeout-per-shutdown-phase:";

	@ParameterizedTest
	@MethodSource("programs")
	void theStopFitsIntoTheTimeoutOfTheLauncher(String program) throws IOException {
		Path settings = Path.of("..", program, "src", "main", "resources", "application.yml");
		List<String> phases = Files.readAllLines(settings)
			.stream()
			.map(String::strip)
			.filter((line) -> line.startsWith(PHASE))
			.map((line) -> line.substring(PHASE.length()).strip())
			.toList();
		assertThat(phases).singleElement()
			.satisfies((phase) -> assertThat(seconds(LocalSystem.DRAIN_DELAY).plus(seconds(phase)).plus(CLOSE))
				.isLessThanOrEqualTo(stopTimeout()));
	}

	static Stream<String> programs() {
		return Stream.concat(LocalSystem.SERVICES.stream(), Stream.of(LocalSystem.GATEWAY));
	}

	private static Duration stopTimeout() {
		return new ProcessSpec("x", Tier.SERVICE, "1", List.of(), Map.of(), Path.of("."), 1, 0, () -> true, null)
			.stopTimeout();
	}

	private static Duration seconds(String text) {
		return Duration.ofSeconds(Long.parseLong(text.replace("s", "")));
	}

}
