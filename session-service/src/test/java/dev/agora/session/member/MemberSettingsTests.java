package dev.agora.session.member;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemberSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(none.bindOrCreate("session.member", MemberSettings.class))
			.isEqualTo(new MemberSettings(Duration.ofDays(30), 10));
	}

	@Test
	void rejectsLessThanOneRenameAnHour() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemberSettings(Duration.ofDays(30), 0));
	}

}
