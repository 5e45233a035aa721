package dev.agora.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds what the modules of this build are made of, beside this module's own folder. */
final class Modules {

	private static final List<String> NAMES = List.of("platform", "gateway", "session-service", "product-service",
			"graph-service", "feed-service", "embedded-mongo", "launcher");

	/** Commands, which may wait: their classes are held to no rule of the services. */
	private static final String MEASUREMENTS = "system-tests/measurements";

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

	static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return here.endsWith("system-tests") ? here.getParent() : here;
	}

}
