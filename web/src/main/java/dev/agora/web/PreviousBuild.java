package dev.agora.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes the files of the previous build, whose addresses nothing names any more. */
final class PreviousBuild {

	private PreviousBuild() {
	}

	static void remove(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		for (Path file : deepestFirst(folder)) {
			Files.delete(file);
		}
	}

	private static List<Path> deepestFirst(Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.sorted(Comparator.reverseOrder()).toList();
		}
	}

}
