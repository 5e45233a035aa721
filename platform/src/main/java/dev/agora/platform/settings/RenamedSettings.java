package dev.agora.platform.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Refuses to start a process that has a setting under an old name, in any source of
 * settings. Each module lists its old names in {@code META-INF}, one a line: the old
 * name, a tab and the new name.
 */
final class RenamedSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final String LISTS = "META-INF/agora-renamed-settings.tsv";

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		List<RenamedSetting> renamed = lists();
		List<String> instructions = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(event.getEnvironment())) {
			for (RenamedSetting setting : renamed) {
				ConfigurationProperty property = source.getConfigurationProperty(setting.oldName());
				if (property != null) {
					instructions.add(setting.instruction(property));
				}
			}
		}
		if (!instructions.isEmpty()) {
			throw new RenamedSettingsException(instructions);
		}
	}

	/** Runs after the sources are complete and the logging is configured. */
	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	private static List<RenamedSetting> lists() {
		try {
			return Collections.list(RenamedSettings.class.getClassLoader().getResources(LISTS))
				.stream()
				.flatMap(RenamedSettings::lines)
				.map(RenamedSetting::parse)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> lines(URL list) {
		try (var content = list.openStream()) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
