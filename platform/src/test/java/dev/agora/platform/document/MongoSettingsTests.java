package dev.agora.platform.document;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MongoSettingsTests {

	@Test
	void keepsThePasswordOutOfItsText() {
		assertThat(new MongoSettings("mongodb://ann:secret@host/", null, "feed", Duration.ofSeconds(1),
				Duration.ofSeconds(5), 50))
			.hasToString("MongoSettings[database=feed]");
	}

}
