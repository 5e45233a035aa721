package dev.agora.platform.settings;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A setting that has another name now.
 *
 * @param oldName the name that is refused
 * @param newName the name to use instead, empty if the setting no longer exists
 */
record RenamedSetting(ConfigurationPropertyName oldName, String newName) {

	/**
	 * Parses a line of the list.
	 * @param line the old name, a tab and the new name
	 */
	static RenamedSetting parse(String line) {
		String[] names = line.split("\t", -1);
		if (names.length != 2) {
			throw new IllegalArgumentException("Not an old name, a tab and a new name: " + line);
		}
		return new RenamedSetting(ConfigurationPropertyName.of(names[0]), names[1]);
	}

	/**
	 * Returns a sentence with the instruction for the operator.
	 * @param property the setting as it was found under its old name
	 */
	String instruction(ConfigurationProperty property) {
		String sentence = this.newName.isEmpty() ? "The setting %s no longer exists. Remove it.".formatted(this.oldName)
				: "The setting %s is now called %s. Rename it.".formatted(this.oldName, this.newName);
		return (property.getOrigin() != null) ? sentence + " It is set by: " + property.getOrigin() : sentence;
	}

}
