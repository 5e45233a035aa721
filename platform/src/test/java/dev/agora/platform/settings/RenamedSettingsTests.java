package dev.agora.platform.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The names are from a list of these tests, beside the list of the platform. */
@ExtendWith(OutputCaptureExtension.class)
class RenamedSettingsTests {

	private static final String SENTENCE = "The setting sample.old-name is now called sample.new-name. Rename it.";

	private final SpringApplication application = new SpringApplication(Nothing.class);

	RenamedSettingsTests() {
		this.application.setWebApplicationType(WebApplicationType.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SAMPLE_OLDNAME", "SAMPLE_OLD_NAME" })
	void refusesAnOldNameInTheEnvironment(String variable, CapturedOutput output) {
		setEnvironmentVariable(variable);
		refusesToStart(output, SENTENCE, variable);
	}

	@Test
	void refusesAnOldNameOnTheCommandLine(CapturedOutput output) {
		refusesToStart(output, SENTENCE, "commandLineArgs", "--sample.oldName=1");
	}

	@Test
	void refusesAnOldNameInAFile(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path file = Files.writeString(directory.resolve("application.yml"), "sample:\n  old-name: 1\n");
		refusesToStart(output, SENTENCE, "application.yml", "--spring.config.location=" + file);
	}

	@Test
	void refusesAnOldNameInJson(CapturedOutput output) {
		refusesToStart(output, SENTENCE, "", "--spring.application.json={\"sample\": {\"old-name\": 1}}");
	}

	@Test
	void refusesAnOldNameWhoseNewNameIsSetAsWell(CapturedOutput output) {
		refusesToStart(output, SENTENCE, "", "--sample.old-name=1", "--sample.new-name=1");
	}

	@Test
	void refusesASettingThatNoLongerExists(CapturedOutput output) {
		refusesToStart(output, "The setting sample.removed no longer exists. Remove it.", "", "--sample.removed=");
	}

	@Test
	void namesAllOldNamesAtOnce(CapturedOutput output) {
		setEnvironmentVariable("AGORA_KAFKA_LISTEN");
		refusesToStart(output, "The setting agora.kafka.listen is now called agora.kafka.consume. Rename it.", SENTENCE,
				"--sample.old-name=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SAMPLE_NEWNAME", "SAMPLE_NEW_NAME", "AGORA_KAFKA_SWEEP_INTERVAL" })
	void startsWithNewNames(String variable) {
		setEnvironmentVariable(variable);
		try (ConfigurableApplicationContext context = this.application.run("--sample.new-name=1")) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	private void setEnvironmentVariable(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(source, new SystemEnvironmentPropertySource(source, Map.of(name, "1")));
		this.application.setEnvironment(environment);
	}

	private void refusesToStart(CapturedOutput output, String sentence, String origin, String... arguments) {
		assertThatExceptionOfType(RenamedSettingsException.class).isThrownBy(() -> this.application.run(arguments));
		assertThat(output).contains("APPLICATION FAILED TO START", sentence, origin).doesNotContain("\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
