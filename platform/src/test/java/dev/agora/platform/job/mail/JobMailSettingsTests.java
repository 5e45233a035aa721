package dev.agora.platform.job.mail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobMailSettingsTests {

	@Test
	void hasNoAddressesByDefault() {
		JobMailSettings settings = new Binder(new MapConfigurationPropertySource()).bindOrCreate("agora.jobs.mail",
				JobMailSettings.class);
		assertThat(settings).isEqualTo(new JobMailSettings("", "", null));
		assertThat(settings.toLink("1")).isNull();
	}

	@Test
	void replacesTheHandleAndTheJob() {
		JobMailSettings settings = new JobMailSettings("shop@example.org", "{handle}@example.org",
				"https://shop.example/jobs/{id}");
		settings.requireAddresses();
		assertThat(settings.toAddress("anna_1")).isEqualTo("anna_1@example.org");
		assertThat(settings.toLink("0SAX0RSKMBGW0")).isEqualTo("https://shop.example/jobs/0SAX0RSKMBGW0");
	}

	@ParameterizedTest
	@CsvSource({ "'', {handle}@example.org, from", "shop, {handle}@example.org, from",
			"'shop@example.org, a@b.c', {handle}@example.org, from", "shop@example.org, '', to",
			"shop@example.org, anna@example.org, to", "shop@example.org, {handle}, to",
			"shop@example.org, '{handle}@example.org, x@example.org', to" })
	void stopsTheStartIfAnAddressIsMissing(String from, String to, String name) {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new JobMailSettings(from, to, null).requireAddresses())
			.withMessageContaining("agora.jobs.mail." + name);
	}

}
