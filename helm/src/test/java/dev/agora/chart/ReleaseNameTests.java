package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that any name of a release that Helm accepts leads to valid objects. */
class ReleaseNameTests {

	private static final Chart EVERYTHING = Chart.of("values-production.yaml", "everything.yaml");

	private static final String LONGEST = "a-release-of-the-longest-name-that-helm-takes-is-this";

	@ParameterizedTest
	@ValueSource(strings = { "agora", "shop", "1st", "1e3", "123", "0x1f", "my.shop", "v1.2.3-agora", "true", "null",
			"9-agora", LONGEST })
	void leadsToValidObjects(String release) {
		for (Chart chart : List.of(Chart.of("values-trial.yaml"), EVERYTHING)) {
			Rendering rendering = chart.named(release).render();
			List<String> broken = new ArrayList<>();
			RulesTests.rules().forEach((rule) -> broken.addAll(rule.violationsIn(rendering)));
			assertThat(broken).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "shop, shop-agora", "agora, agora", "my-agora, my-agora", "1st, agora-1st-e01ddf65",
			"my.shop, my-shop-agora-7e7c6a8d" })
	void isPartOfTheObjectNames(String release, String expected) {
		assertThat(fullname(release)).isEqualTo(expected);
	}

	@Test
	void staysUniqueWhenItIsChanged() {
		assertThat(fullname("my.shop")).isNotEqualTo(fullname("my-shop"));
		assertThat(fullname(LONGEST)).isNotEqualTo(fullname(LONGEST.replace("this", "that")));
		assertThat(fullname("1st")).isNotEqualTo(fullname("agora-1st"));
	}

	/** YAML would parse these names as numbers or booleans. */
	@ParameterizedTest
	@ValueSource(strings = { "1e3", "0o17", "yes", "true" })
	void isWrittenAsText(String release) {
		assertThat(Chart.of("values-trial.yaml").named(release).text())
			.doesNotContain("app.kubernetes.io/instance: " + release)
			.contains("app.kubernetes.io/instance: \"" + release + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no", "y", "off" })
	void acceptsAnOverrideThatYamlWouldParseAsABoolean(String name) {
		Rendering rendering = Chart.of("values-trial.yaml").set("fullnameOverride", name).render();
		assertThat(rendering.has("ServiceAccount/" + name)).isTrue();
		assertThat(KubernetesTypes.RULE.violationsIn(rendering)).isEmpty();
	}

	/** {@code helm package} creates such versions. */
	@Test
	void acceptsAVersionWithABuildNumber(@TempDir Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = folder.resolve(Chart.FOLDER.relativize(file));
				Files.createDirectories(copy.getParent());
				Files.writeString(copy, Files.readString(file).replace("ersion: 0.1.0", "ersion: 0.1.0+build.7"));
			}
		}
		FakeCluster.use();
		String text = new Helm(folder).template()
			.withName("agora")
			.withKubeVersion("1.34.0")
			.withValuesFile(folder.resolve("values-trial.yaml"))
			.set("image.tag", "v1")
			.call();
		assertThat(text).contains("helm.sh/chart: \"agora-0.1.0_build.7\"");
		assertThat(NameRules.LABELS.violationsIn(Rendering.of(text, Set.of()))).isEmpty();
	}

	private static String fullname(String release) {
		return Chart.of("values-trial.yaml")
			.named(release)
			.render()
			.all("ServiceAccount")
			.map(Manifest::name)
			.findFirst()
			.orElseThrow();
	}

}
