package dev.agora.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.rules.Modules;

/**
 * The tables of settings in {@code docs/settings.md}, from the configuration metadata
 * that Spring Boot's annotation processor derives from the records of settings. The
 * processor finds a description by the beginning of a name, so a component such as
 * {@code perHandle} must be documented before {@code perHandleAndAddress}.
 */
final class SettingsTable {

	private static final String METADATA = "target/classes/META-INF/spring-configuration-metadata.json";

	private static final Map<String, String> TITLES = Map.of("platform", "All services");

	private SettingsTable() {
	}

	/** Renders one section for each module, with one row for each setting. */
	static String render() throws IOException {
		StringBuilder tables = new StringBuilder();
		for (String module : Modules.NAMES) {
			List<Setting> settings = settingsOf(module);
			if (!settings.isEmpty()) {
				tables.append("\n### ").append(TITLES.getOrDefault(module, module)).append("\n\n");
				tables.append("| property | meaning | default |\n| --- | --- | --- |\n");
				settings.forEach((setting) -> tables.append(setting.row()).append('\n'));
			}
		}
		return tables.append('\n').toString();
	}

	/** Lists the settings of one module, sorted by name. */
	static List<Setting> settingsOf(String module) throws IOException {
		Path file = Modules.root().resolve(module).resolve(METADATA);
		List<Setting> settings = new ArrayList<>();
		if (Files.exists(file)) {
			JsonMapper.shared()
				.readTree(Files.readString(file))
				.path("properties")
				.valueStream()
				.map(Setting::of)
				.filter((setting) -> !setting.name().startsWith("management."))
				.forEach(settings::add);
		}
		settings.sort(Comparator.comparing(Setting::name));
		return settings;
	}

	/**
	 * One setting.
	 *
	 * @param name the name of the property
	 * @param description the description, empty if there is none
	 * @param defaultValue the default value as text, empty if there is none
	 */
	record Setting(String name, String description, String defaultValue) {

		static Setting of(JsonNode property) {
			JsonNode value = property.path("defaultValue");
			String text = value.isArray() ? String.join(", ", value.valueStream().map(JsonNode::asString).toList())
					: value.asString("");
			return new Setting(property.path("name").asString(), property.path("description").asString(""), text);
		}

		String row() {
			String meaning = this.description.replaceAll("\\{@\\w+ ([^}]+)}", "`$1`")
				.replaceAll("\\s+", " ")
				.replace("|", "\\|");
			return "| `%s` | %s | %s |".formatted(this.name, meaning,
					this.defaultValue.isEmpty() ? "none" : "`" + this.defaultValue + "`");
		}

	}

}
