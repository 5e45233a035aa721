package dev.agora.launcher.root;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Finds programs that are installed on the machine. */
public final class Executables {

	private Executables() {
	}

	/** Finds the first of the names that is on the PATH. */
	public static @Nullable Path find(String... names) {
		String path = System.getenv().getOrDefault("PATH", "");
		for (String name : names) {
			for (String directory : path.split(File.pathSeparator, -1)) {
				Path file = Path.of(directory).resolve(name);
				if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
					return file;
				}
			}
		}
		return null;
	}

}
