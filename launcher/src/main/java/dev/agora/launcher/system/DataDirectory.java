package dev.agora.launcher.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a system keeps everything of its own: data, logs, keys, ports, state.
 *
 * @param root the directory given by {@code --data}
 */
public record DataDirectory(Path root) {

	/**
	 * The log of a process.
	 * @param process the name of the process
	 * @return its file, which need not exist
	 */
	public Path log(String process) {
		return this.root.resolve("logs").resolve(process + ".log");
	}

	/**
	 * What runs, for other commands to read.
	 * @return the file, which need not exist
	 */
	public Path stateFile() {
		return this.root.resolve("system.json");
	}

	Path portsFile() {
		return this.root.resolve("ports.json");
	}

	/**
	 * The directory of one store or of the keys, made if missing.
	 * @param name its name
	 * @return the directory
	 * @throws IOException if it cannot be made
	 */
	public Path directory(String name) throws IOException {
		return Files.createDirectories(this.root.resolve(name));
	}

	/** Keeps the log of the run before beside the new one. */
	void rotateLog(String process) throws IOException {
		Path log = log(process);
		if (Files.exists(log)) {
			Files.move(log, log.resolveSibling(process + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/**
	 * Removes everything the system has made, and nothing else that may lie there.
	 * @throws IOException if something cannot be removed
	 */
	public void wipe() throws IOException {
		List<String> own = List.of("logs", "keys", "kafka", "kafka-1", "kafka-2", "kafka-3", "redis", "redis-cluster",
				"mongodb", "load", "builds", "ports.json", "system.json");
		for (String name : own) {
			delete(this.root.resolve(name));
		}
	}

	static void delete(Path path) throws IOException {
		if (!Files.exists(path)) {
			return;
		}
		List<Path> all;
		try (Stream<Path> walk = Files.walk(path)) {
			all = walk.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path each : all) {
			Files.delete(each);
		}
	}

	/**
	 * Writes a file that others read at any time: all of it is there or none. Other users
	 * of the machine cannot read it.
	 * @param file the file
	 * @param content its new content
	 * @throws IOException if it cannot be written
	 */
	public static void writeAtomically(Path file, byte[] content) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Path part = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
		Files.write(part, content);
		Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
