package dev.agora.session.session;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import dev.agora.session.login.LoginLimitSettings;
import dev.agora.session.password.PasswordSettings;
import dev.agora.session.signing.SigningSettings;

import static org.assertj.core.api.Assertions.assertThat;

class SessionSettingsTests {

	private final Binder nothingSet = new Binder(new MapConfigurationPropertySource(Map.of()));

	@Test
	void sessionsLastTwoWeeksIdleAndNinetyDaysInTotal() {
		assertThat(this.nothingSet.bindOrCreate("session.login", SessionSettings.class))
			.isEqualTo(new SessionSettings(Duration.ofDays(14), Duration.ofDays(90), Duration.ofMinutes(1)));
	}

	@Test
	void identitiesAreValidForAMinute() {
		assertThat(this.nothingSet.bindOrCreate("agora.identity", SigningSettings.class)).isEqualTo(new SigningSettings(
				null, Duration.ofSeconds(60), Duration.ofSeconds(30), 50_000, Duration.ofSeconds(5)));
	}

	@Test
	void tenFailuresAreAllowedForAHandleFromAnAddress() {
		assertThat(this.nothingSet.bindOrCreate("session.login-limit", LoginLimitSettings.class))
			.isEqualTo(new LoginLimitSettings(Duration.ofMinutes(15), 10, 200, 50, 100_000));
	}

	@Test
	void twoThreadsHashPasswordsInNineteenMebibytesEach() {
		assertThat(this.nothingSet.bindOrCreate("session.password", PasswordSettings.class))
			.isEqualTo(new PasswordSettings(DataSize.ofMegabytes(19), 2, 2, 64, DataSize.ofMegabytes(32)));
	}

}
