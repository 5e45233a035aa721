package dev.agora.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.rules.Modules;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of settings shows the settings that the code has. */
class SettingsTableTests {

	private static final Path PAGE = Modules.root().resolve("docs/settings.md");

	private static final String BEGIN = "<!-- Generated from the configuration metadata: begin. -->\n";

	private static final String END = "<!-- Generated from the configuration metadata: end. -->\n";

	@Test
	void thePageHasTheGeneratedTables() throws IOException {
		String page = Files.readString(PAGE);
		String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
		String generated = before + SettingsTable.render() + page.substring(page.indexOf(END));
		if (Boolean.getBoolean("golden.write")) {
			Files.writeString(PAGE, generated);
		}
		assertThat(generated).as("""
				docs/settings.md differs from the configuration metadata. Regenerate its tables with: \
				./mvnw test -Dtest=SettingsTableTests -Dsurefire.failIfNoSpecifiedTests=false \
				-Dgolden.write=true""").isEqualTo(Files.readString(PAGE));
	}

	@Test
	void everySettingIsDescribed() throws IOException {
		List<String> undescribed = new ArrayList<>();
		for (String module : Modules.NAMES) {
			SettingsTable.settingsOf(module)
				.stream()
				.filter((setting) -> setting.description().isEmpty())
				.forEach((setting) -> undescribed.add(setting.name()));
		}
		assertThat(SettingsTable.settingsOf("platform")).isNotEmpty();
		assertThat(undescribed).isEmpty();
	}

}
