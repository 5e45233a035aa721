package dev.agora.product.page.release;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Writes pages to a real S3 server: {@code ./mvnw -Ps3 -pl product-service -am test}. */
@EnabledIf("isServerHere")
class S3TargetTests {

	@TempDir
	private static Path directory;

	private static TestS3Server server;

	private final S3Target target = new S3Target(settings(server.address(), TestS3Server.SECRET_KEY),
			Clock.systemUTC());

	private final S3Client client = new S3Client(settings(server.address(), TestS3Server.SECRET_KEY),
			Clock.systemUTC());

	static boolean isServerHere() {
		return Files.exists(TestS3Server.JAR);
	}

	@BeforeAll
	static void start() throws IOException, InterruptedException {
		server = new TestS3Server(directory);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void publishesAReleaseByOneObjectAndRemovesOlderReleases() {
		for (String release : List.of("0A-01", "0A-02", "0C-01")) {
			for (int page = 0; page < 3; page++) {
				this.target.write(release, page("products/" + page, release)).block();
			}
			assertThat(this.target.publish(release).block()).isTrue();
			assertThat(this.client.get("current").block()).isEqualTo(release);
		}
		assertThat(this.client.list("list-type=2&prefix=releases%2F").block())
			.contains("releases/0A-02/pages/products/0", "releases/0C-01/pages/products/2")
			.doesNotContain("releases/0A-01/");
		assertThat(this.target.publish("0B-01").block()).isFalse();
		assertThat(this.client.get("current").block()).isEqualTo("0C-01");
	}

	@Test
	void removesWhatIsWrittenOfADiscardedRelease() {
		this.target.write("0Z-01", page("trending", "half")).block();
		this.target.discard("0Z-01").block();
		assertThat(this.client.list("list-type=2&prefix=releases%2F0Z").block()).doesNotContain("trending");
	}

	@Test
	void storesTheCompressedPageWithItsHeaders() throws Exception {
		this.client
			.put("plain", Map.of("content-type", "text/html", "content-encoding", "gzip", "cache-control", "no-cache"),
					PageContent.of("page").gzip())
			.block();
		assertThat(this.client.get("plain").block()).isNotEqualTo("page").isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "caf\u00e9", "p%25", "a=b&c", "ab@cd", "deep/er/path", "(x)!*'" })
	void signsKeysOfAllKinds(String key) {
		this.client.put(key, Map.of("content-type", "text/plain"), new byte[] { 'x' }).block();
		assertThat(this.client.get(key).block()).isEqualTo("x");
		this.client.delete(key).block();
		assertThat(this.client.get(key).blockOptional()).isEmpty();
	}

	@Test
	void reportsAWrongSecret() {
		S3Target wrong = new S3Target(settings(server.address(), "wrong"), Clock.systemUTC());
		assertThatExceptionOfType(TargetFailed.class).isThrownBy(() -> wrong.write("0A", page("trending", "x")).block())
			.withMessageContaining("403 SignatureDoesNotMatch");
	}

	@Test
	void reportsAMissingBucket() {
		TargetSettings missing = new TargetSettings(null, server.address(), "missing", "us-east-1",
				TestS3Server.ACCESS_KEY, TestS3Server.SECRET_KEY);
		assertThatExceptionOfType(TargetFailed.class)
			.isThrownBy(() -> new S3Target(missing, Clock.systemUTC()).publish("0A").block())
			.withMessageContaining("there is no such bucket");
	}

	static TargetSettings settings(URI endpoint, String secret) {
		return new TargetSettings(null, endpoint, TestS3Server.BUCKET, "us-east-1", TestS3Server.ACCESS_KEY, secret);
	}

	private static PageFile page(String path, String text) {
		return PageFile.ofPage("pages/" + path, "max-age=30", PageContent.of(text));
	}

}
