package dev.agora.product.page.release;

import java.net.URI;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetSettingsTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://s3.example.org", "https://s3.example.org/", "https://s3.example.org//" })
	void ignoresASlashAtTheEndOfTheEndpoint(String endpoint) {
		assertThat(bucket(endpoint, "pages").endpoint()).hasToString("https://s3.example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://s3.example.org?x=y", "https://s3.example.org/#part", "s3.example.org", "/s3",
			"ftp://s3.example.org", "https://key:secret@s3.example.org", "https:///pages" })
	void refusesAnEndpointThatIsNotAnAddress(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> bucket(endpoint, "pages"))
			.withMessageContaining("agora.pages.target.endpoint");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "a/b", "/pages", "pages/", "..", "a b" })
	void refusesANameThatNoBucketHas(String bucket) {
		assertThatIllegalArgumentException().isThrownBy(() -> bucket("https://s3.example.org", bucket))
			.withMessageContaining("agora.pages.target.bucket");
	}

	@Test
	void refusesABucketWithoutACredential() {
		URI endpoint = URI.create("https://s3.example.org");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TargetSettings(null, endpoint, "pages", "us-east-1", "key", ""))
			.withMessageContaining("secret-key");
	}

	@Test
	void refusesADirectoryAndABucket() {
		URI endpoint = URI.create("https://s3.example.org");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TargetSettings(Path.of("/pages"), endpoint, "pages", "us-east-1", "key", "secret"))
			.withMessageContaining("not both");
	}

	private static TargetSettings bucket(String endpoint, String bucket) {
		return new TargetSettings(null, URI.create(endpoint), bucket, "us-east-1", "key", "secret");
	}

}
