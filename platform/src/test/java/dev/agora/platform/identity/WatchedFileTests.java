package dev.agora.platform.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WatchedFileTests {

	@TempDir
	private Path directory;

	private Path link;

	private WatchedFile<Integer> number;

	/** Creates a link to a file, as Kubernetes mounts a secret. */
	@BeforeEach
	void mount() throws IOException, ParseException {
		Files.writeString(this.directory.resolve("one"), "1");
		this.link = Files.createSymbolicLink(this.directory.resolve("number"), Path.of("one"));
		this.number = new WatchedFile<>(this.link, Duration.ofMillis(20), WatchedFileTests::read);
	}

	@AfterEach
	void close() {
		this.number.close();
	}

	@Test
	void providesTheContentOfTheFile() {
		assertThat(this.number.content()).isEqualTo(1);
	}

	@Test
	void readsALinkThatIsReplacedByOneToAnOlderFileOfTheSameLength() throws IOException {
		Path older = Files.writeString(this.directory.resolve("two"), "2");
		Files.setLastModifiedTime(older, FileTime.from(Instant.EPOCH));
		Path next = Files.createSymbolicLink(this.directory.resolve("next"), Path.of("two"));
		Files.move(next, this.link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		Awaitility.await("the change is read").until(() -> this.number.content() == 2);
	}

	@Test
	void keepsTheContentWhileTheFileIsMissingOrInvalid() throws IOException {
		Files.writeString(this.link, "nonsense");
		StepVerifier.create(this.number.reload()).expectNext(1).verifyComplete();
		Files.delete(this.link);
		StepVerifier.create(this.number.reload()).expectNext(1).verifyComplete();
		Files.writeString(this.link, "3");
		StepVerifier.create(this.number.reload()).expectNext(3).verifyComplete();
	}

	@Test
	void keepsWatchingAfterAnUnexpectedException() throws IOException {
		Files.writeString(this.link, "99999999999");
		StepVerifier.create(this.number.reload()).expectNext(1).verifyComplete();
		Files.writeString(this.link, "3");
		Awaitility.await("the change is read").until(() -> this.number.content() == 3);
	}

	@Test
	void failsIfTheFileIsMissingAtFirst() {
		assertThatExceptionOfType(IOException.class).isThrownBy(
				() -> new WatchedFile<>(this.directory.resolve("none"), Duration.ofDays(1), WatchedFileTests::read));
	}

	private static Integer read(String text) throws ParseException {
		if (!text.matches("[0-9]+")) {
			throw new ParseException("not a number", 0);
		}
		return Integer.valueOf(text);
	}

}
