package dev.agora.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Renders the chart with given values by the library of Helm. */
final class Chart {

	static final Path ROOT = root();

	static final Path FOLDER = ROOT.resolve("helm/agora");

	static final YAMLMapper YAML = new YAMLMapper();

	private static final String HOOK = "helm.sh/hook";

	private static final String NO_HOOK = "no-hook.test/hook";

	/**
	 * A copy of the chart in which hooks are ordinary objects with another annotation,
	 * since the library does not render hooks. The annotation is restored afterwards.
	 */
	private static final Path WITH_HOOKS = copyWithHooks();

	private final List<Path> files;

	private final Map<String, Object> values;

	private final String release;

	private Chart(List<Path> files, Map<String, Object> values, String release) {
		this.files = files;
		this.values = values;
		this.release = release;
	}

	/** Creates a chart with values files of the chart or of the tests. */
	static Chart of(String... names) {
		return new Chart(List.of(names).stream().map(Chart::file).toList(), Map.of(), "agora");
	}

	/** Returns the chart as a release with another name. */
	Chart named(String name) {
		return new Chart(this.files, this.values, name);
	}

	Chart set(String path, Object value) {
		Map<String, Object> more = new LinkedHashMap<>(this.values);
		more.put(path, value);
		return new Chart(this.files, more, this.release);
	}

	String text() {
		FakeCluster.use();
		TemplateCommand command = new Helm(WITH_HOOKS).template()
			.withName(this.release)
			.withNamespace("shop")
			.withKubeVersion("1.34.0");
		this.files.forEach(command::withValuesFile);
		this.values.forEach(command::set);
		return command.call().replace(NO_HOOK, HOOK);
	}

	Rendering render() {
		return Rendering.of(text(), existingSecrets());
	}

	/** Returns the message with which Helm refuses the values. */
	String refusal() {
		try {
			text();
		}
		catch (IllegalStateException ex) {
			return String.valueOf(ex.getMessage());
		}
		throw new AssertionError("Helm does not refuse these values.");
	}

	/** Collects the Secrets that the values expect to exist before the installation. */
	private Set<String> existingSecrets() {
		Set<String> names = new HashSet<>();
		for (Path file : this.files) {
			collect(read(file), names);
		}
		this.values.forEach((path, value) -> {
			if (path.endsWith("Secret")) {
				names.add(String.valueOf(value));
			}
		});
		return names;
	}

	private static void collect(JsonNode node, Set<String> names) {
		node.forEachEntry((key, value) -> {
			if (key.endsWith("Secret")) {
				names.add(value.asString());
			}
			if (key.equals("pullSecrets")) {
				value.forEach((name) -> names.add(name.asString()));
			}
		});
		node.forEach((child) -> collect(child, names));
	}

	static JsonNode read(Path file) {
		try {
			return YAML.readTree(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path file(String name) {
		Path own = FOLDER.resolve(name);
		return Files.exists(own) ? own : ROOT.resolve("helm/src/test/resources/values").resolve(name);
	}

	private static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return here.endsWith("helm") ? here.getParent() : here;
	}

	private static Path copyWithHooks() {
		Path copy = ROOT.resolve("helm/target/chart");
		try (Stream<Path> files = Files.walk(FOLDER)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = copy.resolve(FOLDER.relativize(file));
				Files.createDirectories(target.getParent());
				Files.writeString(target, Files.readString(file).replace(HOOK, NO_HOOK));
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the sets of values that the rules are checked with, by name. */
	static Map<String, Chart> all() {
		Map<String, Chart> all = new LinkedHashMap<>();
		all.put("trial", of("values-trial.yaml"));
		all.put("dev", of("values-trial.yaml", "values-dev.yaml"));
		all.put("production", of("values-production.yaml"));
		all.put("everything", of("values-production.yaml", "everything.yaml"));
		return all;
	}

}
