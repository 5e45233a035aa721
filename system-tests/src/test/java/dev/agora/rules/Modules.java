package dev.agora.rules;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the sources, classes and docs of this build. */
public final class Modules {

	/** The modules with main code, in the order in which they are built. */
	public static final List<String> NAMES = List.of("platform", "gateway", "session-service", "product-service",
			"graph-service", "feed-service", "console", "embedded-mongo", "launcher");

	/** A module of commands, which may block: only the budgets of sources apply to it. */
	private static final String MEASUREMENTS = "system-tests/measurements";

	/** Folders without files that people write. */
	private static final List<String> SKIPPED = List.of("target", ".git", ".agora", ".idea", "node_modules");

	private Modules() {
	}

	/** The folders of compiled main classes. */
	static List<Path> classes() {
		List<Path> folders = NAMES.stream().map((name) -> root().resolve(name).resolve("target/classes")).toList();
		folders.forEach((folder) -> {
			if (!Files.isDirectory(folder)) {
				throw new IllegalStateException(folder + " is missing: build all modules first");
			}
		});
		return folders;
	}

	/** The main source files. */
	static List<Path> sources() throws IOException {
		List<Path> sources = new ArrayList<>();
		for (String name : Stream.concat(NAMES.stream(), Stream.of(MEASUREMENTS)).toList()) {
			try (Stream<Path> files = Files.walk(root().resolve(name).resolve("src/main/java"))) {
				files.filter((file) -> file.toString().endsWith(".java")).forEach(sources::add);
			}
		}
		return sources;
	}

	/**
	 * Lists the files of the project that people write.
	 * @param name a regular expression for the path
	 */
	public static List<Path> files(String name) throws IOException {
		List<Path> files = new ArrayList<>();
		Files.walkFileTree(root(), new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				return SKIPPED.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (file.toString().matches(name)) {
					files.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		files.sort(Comparator.naturalOrder());
		return files;
	}

	/** The folder of the project. */
	public static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return here.endsWith("system-tests") ? here.getParent() : here;
	}

}
