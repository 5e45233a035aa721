package dev.agora.embeddedmongo.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import de.bwaldvogel.mongo.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JournalFileTests {

	@TempDir
	Path directory;

	@Test
	void truncatesATornRecordWhereverItIsTorn() throws IOException {
		try (JournalFile file = JournalFile.create(this.directory, "0.journal")) {
			file.append(record(0));
			file.append(record(1));
		}
		Path path = this.directory.resolve("0.journal");
		long whole = Files.size(path);
		byte[] next = bytes(record(2));
		for (int length = 1; length < next.length; length++) {
			Files.write(path, Arrays.copyOf(next, length), StandardOpenOption.APPEND);
			assertThat(read(path)).containsExactly(0, 1);
			assertThat(Files.size(path)).isEqualTo(whole);
		}
	}

	@Test
	void appendsAfterTheLastWholeRecord() throws IOException {
		JournalFile.create(this.directory, "0.journal").close();
		Path path = this.directory.resolve("0.journal");
		for (int i = 0; i < 5; i++) {
			List<Integer> before = new ArrayList<>();
			try (JournalFile file = JournalFile.open(path, (change) -> before.add((Integer) change.get("n")))) {
				file.append(record(i));
			}
			assertThat(before).containsExactlyElementsOf(IntStream.range(0, i).boxed().toList());
			Files.write(path, new byte[] { 99, 0, 0, 0, 1, 2, 3, 4, 5 }, StandardOpenOption.APPEND);
		}
	}

	@Test
	void stopsAtARecordWhoseChecksumIsWrong() throws IOException {
		Path path = this.directory.resolve("0.journal");
		byte[] bad = bytes(record(1));
		bad[bad.length - 2] ^= 1;
		Files.write(path, bytes(record(0)));
		Files.write(path, bad, StandardOpenOption.APPEND);
		assertThat(read(path)).containsExactly(0);
	}

	private static List<Integer> read(Path path) throws IOException {
		List<Integer> found = new ArrayList<>();
		JournalFile.open(path, (change) -> found.add((Integer) change.get("n"))).close();
		return found;
	}

	private static ByteBuffer record(int number) {
		return JournalFile.record(new Document("n", number).append("text", "some words"));
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

}
