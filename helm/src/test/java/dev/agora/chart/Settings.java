package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings that the sources declare, as environment variables.
 *
 * @param variables the names
 * @param open the prefixes of maps, which any key may follow
 */
record Settings(Set<String> variables, Set<String> open) {

	private static final Pattern RECORD = Pattern.compile("@ConfigurationProperties\\(\"([^\"]+)\"\\)\\s+.*?record ");

	/** Properties that the code reads without a record. */
	private static final Pattern PROPERTY = Pattern.compile("environment\\.getProperty\\(\"([^\"]+)\"");

	private static final Pattern COMPONENT = Pattern
		.compile("(?:@\\w+(?:\\(\"[^\"]*\"\\))?\\s+)*(\\w+)(?:<[^(]*?>)?\\s+(\\w+)[,)]");

	static Settings ofSources(List<String> modules) throws IOException {
		Settings settings = new Settings(new TreeSet<>(), new TreeSet<>());
		for (String module : modules) {
			try (Stream<Path> files = Files.walk(Chart.ROOT.resolve(module).resolve("src/main/java"))) {
				for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
					settings.read(Files.readString(file));
				}
			}
		}
		return settings;
	}

	void read(String source) {
		Matcher found = RECORD.matcher(source);
		if (found.find()) {
			components(found.group(1), source, source.substring(found.end()));
		}
		PROPERTY.matcher(source).results().forEach((property) -> this.variables.add(variable(property.group(1))));
	}

	private void components(String prefix, String source, String declaration) {
		Matcher component = COMPONENT.matcher(declaration.substring(0, declaration.indexOf(") {") + 1));
		while (component.find()) {
			String type = component.group(1);
			String property = prefix + "." + component.group(2);
			int nested = source.indexOf("record " + type + "(");
			if (nested >= 0) {
				components(property, source, source.substring(nested));
			}
			else if (type.equals("Map")) {
				this.open.add(variable(property) + "_");
			}
			else {
				this.variables.add(variable(property));
			}
		}
	}

	boolean contains(String variable) {
		return this.variables.contains(variable) || this.open.stream().anyMatch(variable::startsWith);
	}

	private static String variable(String property) {
		return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

}
