package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the rendered chart with golden files, so that a change shows its effect. */
class GoldenTests {

	private static final Path FOLDER = Chart.ROOT.resolve("helm/src/test/resources/golden");

	@ParameterizedTest
	@ValueSource(strings = { "trial", "production" })
	void rendersTheGoldenFile(String values) throws IOException {
		compare(values, masked(Chart.of("values-" + values + ".yaml").text()));
	}

	/** The journey of the metrics compares their names with those of a running system. */
	@Test
	void rendersTheGoldenMonitoring() throws IOException {
		String rendered = masked(Chart.of("values-production.yaml", "monitoring.yaml").text());
		compare("monitoring", Stream.of(rendered.split("(?m)^---\n"))
			.filter((object) -> object.contains("monitoring.coreos.com") || object.contains("grafana_dashboard"))
			.collect(Collectors.joining("---\n")));
	}

	private static void compare(String name, String rendered) throws IOException {
		Path golden = FOLDER.resolve(name + ".yaml");
		if (Boolean.getBoolean("golden.write")) {
			Files.writeString(golden, rendered);
		}
		assertThat(rendered)
			.as("The rendered chart differs from %s. If this is intended, run ./mvnw -pl helm test -Dgolden.write=true",
					golden)
			.isEqualTo(Files.readString(golden));
	}

	/** Removes comments, and masks the keys that differ in each rendering. */
	private static String masked(String rendered) {
		return rendered.replaceAll("(?m)^ *#.*\n", "")
			.replaceAll("(?m)^(  [a-z.-]+): [A-Za-z0-9+/]{40,}=*$", "$1: bWFkZSBhdCBpbnN0YWxs")
			.replaceAll("checksum/secrets: [0-9a-f]{64}", "checksum/secrets: of-generated-secrets");
	}

}
