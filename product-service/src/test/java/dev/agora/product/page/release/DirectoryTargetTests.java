package dev.agora.product.page.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class DirectoryTargetTests {

	@TempDir
	private Path directory;

	private DirectoryTarget target;

	@BeforeEach
	void open() {
		this.target = new DirectoryTarget(this.directory);
	}

	@Test
	void showsNothingUntilTheReleaseIsPublished() throws IOException {
		write("0A", "products/1", "one");
		assertThat(this.directory.resolve("current")).doesNotExist();
		assertThat(this.target.publish("0A").block()).isTrue();
		assertThat(read("pages/products/1.html")).isEqualTo("one");
		assertThat(this.directory.resolve("current/pages/products/1.html.gz")).exists();
	}

	@Test
	void replacesTheWholeReleaseInOneStep() throws IOException {
		write("0A", "products/1", "old");
		write("0A", "products/2", "deleted later");
		this.target.publish("0A").block();
		write("0B", "products/1", "new");
		assertThat(read("pages/products/1.html")).isEqualTo("old");
		this.target.publish("0B").block();
		assertThat(read("pages/products/1.html")).isEqualTo("new");
		assertThat(this.directory.resolve("current/pages/products/2.html")).doesNotExist();
	}

	/** A read may begin in one release and end in the next one, but not last longer. */
	@Test
	void aReaderAlwaysFindsAPageWhileReleasesAreReplaced() throws Exception {
		write("000", "products/1", "000");
		this.target.publish("000").block();
		AtomicBoolean running = new AtomicBoolean(true);
		AtomicInteger reads = new AtomicInteger();
		CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> readWhile(running, reads));
		for (int release = 1; release < 200; release++) {
			String name = "%03d".formatted(release);
			write(name, "products/1", name);
			this.target.publish(name).block();
			int before = reads.get();
			while (reads.get() < before + 2 && !reader.isDone()) {
				Thread.onSpinWait();
			}
		}
		running.set(false);
		reader.get();
	}

	private void readWhile(AtomicBoolean running, AtomicInteger reads) {
		while (running.get()) {
			try {
				assertThat(read("pages/products/1.html")).hasSize(3);
			}
			catch (IOException ex) {
				throw new AssertionError("a page is missing after " + reads + " reads", ex);
			}
			reads.incrementAndGet();
		}
	}

	@Test
	void keepsTheReleaseBeforeAndRemovesOlderOnes() throws IOException {
		for (String release : List.of("0A", "0B", "0C")) {
			write(release, "trending", release);
			this.target.publish(release).block();
		}
		try (Stream<Path> releases = Files.list(this.directory.resolve("releases"))) {
			assertThat(releases.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("0B", "0C");
		}
	}

	/** Another publisher may be about to publish it. */
	@Test
	void removesAReleaseThatWasNeverPublishedWithTheSecondReleaseAfterIt() {
		write("0A", "trending", "0A");
		this.target.publish("0A").block();
		write("0B", "trending", "of a job that failed");
		write("0C", "trending", "0C");
		this.target.publish("0C").block();
		assertThat(this.directory.resolve("releases/0B")).exists();
		assertThat(this.directory.resolve("releases/0A")).exists();
		write("0D", "trending", "0D");
		this.target.publish("0D").block();
		assertThat(this.directory.resolve("releases/0B")).doesNotExist();
		assertThat(this.directory.resolve("releases/0A")).doesNotExist();
	}

	@Test
	void removesNothingWhenTheSameReleaseIsPublishedAgain() {
		for (String release : List.of("0A", "0B", "0B")) {
			write(release, "trending", release);
			assertThat(this.target.publish(release).block()).isTrue();
		}
		assertThat(this.directory.resolve("releases/0A")).exists();
	}

	@Test
	void removesWhatIsWrittenOfADiscardedRelease() {
		write("0A", "trending", "half");
		this.target.discard("0A").block();
		assertThat(this.directory.resolve("releases/0A")).doesNotExist();
		this.target.discard("0B").block();
	}

	/** Each of them has a publisher of its own. */
	@Test
	void concurrentPublishersEndWithTheNewestRelease() throws IOException {
		for (int round = 100; round < 900; round += 8) {
			List<String> releases = IntStream.range(round, round + 8).mapToObj(Integer::toString).toList();
			releases.forEach((release) -> write(release, "trending", release));
			Flux.fromIterable(releases)
				.flatMap((release) -> new DirectoryTarget(this.directory).publish(release))
				.blockLast();
			assertThat(read("pages/trending.html")).isEqualTo(releases.get(7));
		}
		try (Stream<Path> records = Files.list(this.directory.resolve("published"))) {
			assertThat(records).allMatch((record) -> record.getFileName().toString().startsWith("8"));
		}
	}

	@Test
	void publishesARunThatCannotRemoveOlderReleases() throws IOException {
		write("0A", "trending", "0A");
		this.target.publish("0A").block();
		write("0B", "trending", "0B");
		this.target.publish("0B").block();
		// A folder in the place of the record of 0A, which is not empty.
		Files.delete(this.directory.resolve("published/0A"));
		Files.createDirectories(this.directory.resolve("published/0A/in/the/way"));
		write("0C", "trending", "0C");
		assertThat(this.target.publish("0C").block()).isTrue();
		assertThat(read("pages/trending.html")).isEqualTo("0C");
	}

	@Test
	void ignoresAReleaseThatIsOlderThanThePublishedOne() throws IOException {
		write("0B", "trending", "new");
		this.target.publish("0B").block();
		write("0A", "trending", "old");
		assertThat(this.target.publish("0A").block()).isFalse();
		assertThat(read("pages/trending.html")).isEqualTo("new");
	}

	@Test
	void publishesTheSameReleaseAgainAfterACrash() throws IOException {
		write("0A", "trending", "one");
		assertThat(this.target.publish("0A").block()).isTrue();
		assertThat(this.target.publish("0A").block()).isTrue();
		assertThat(read("pages/trending.html")).isEqualTo("one");
	}

	@Test
	void namesAFileThatIsInTheWay() throws IOException {
		Files.createDirectories(this.directory.resolve("current"));
		write("0A", "trending", "one");
		assertThatExceptionOfType(TargetFailed.class).isThrownBy(() -> this.target.publish("0A").block())
			.withMessageContaining("current is not a symbolic link");
	}

	@Test
	void reportsADirectoryThatCannotBeWritten() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(TargetFailed.class)
			.isThrownBy(() -> new DirectoryTarget(file).write("0A", page("trending", "one")).block())
			.withMessageContaining("The pages cannot be written to " + file);
		assertThatExceptionOfType(TargetFailed.class)
			.isThrownBy(() -> new DirectoryTarget(Path.of("/proc/agora")).write("0A", page("trending", "one")).block())
			.withMessageContaining("/proc/agora");
	}

	/** The device is always full. */
	@Test
	void reportsAFullDisk() throws IOException {
		Path full = Path.of("/dev/full");
		assumeTrue(Files.exists(full), "only Linux has this device");
		Path pages = this.directory.resolve("releases/0A/pages");
		Files.createDirectories(pages);
		Files.createSymbolicLink(pages.resolve("trending.html"), full);
		assertThatExceptionOfType(TargetFailed.class).isThrownBy(() -> write("0A", "trending", "one"))
			.withMessageContaining("No space left on device");
	}

	private void write(String release, String path, String text) {
		this.target.write(release, page(path, text)).block();
	}

	private static PageFile page(String path, String text) {
		return PageFile.ofPage("pages/" + path, "max-age=30", PageContent.of(text));
	}

	private String read(String path) throws IOException {
		return Files.readString(this.directory.resolve("current").resolve(path));
	}

}
