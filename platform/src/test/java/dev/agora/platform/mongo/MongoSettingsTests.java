package dev.agora.platform.mongo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.mongodb.ConnectionString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MongoSettingsTests {

	@Test
	void omitsThePasswordFromItsText() {
		assertThat(settings("mongodb://ann:secret@host/")).hasToString("MongoSettings[database=feed]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "p@ss", "pa/ss", "pa:ss", "100%", "%zz", "p?a" })
	void explainsPercentEncodingWithoutShowingThePassword(String password) {
		assertThatIllegalStateException().isThrownBy(() -> settings("mongodb://ann:" + password + "secret@host/"))
			.withMessageStartingWith("agora.mongodb.uri is no connection string of MongoDB.")
			.withMessageContaining("Percent-encode")
			.withMessageNotContaining("secret")
			.withNoCause();
	}

	@Test
	void acceptsAnEncodedPassword() {
		String uri = "mongodb://ann:" + URLEncoder.encode("p@/:%?#\"\\é", StandardCharsets.UTF_8) + "@host/";
		assertThat(new ConnectionString(settings(uri).uri()).getPassword()).isEqualTo("p@/:%?#\"\\é".toCharArray());
	}

	private static MongoSettings settings(String uri) {
		return new MongoSettings(uri, null, "feed", Duration.ofSeconds(1), Duration.ofSeconds(5), 50);
	}

}
