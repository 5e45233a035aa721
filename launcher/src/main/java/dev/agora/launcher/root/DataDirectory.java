package dev.agora.launcher.root;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a system keeps everything of its own: data, logs, keys, ports, state.
 *
 * @param root the directory given by {@code --data}
 */
public record DataDirectory(Path root) {

	private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

	/** What the system makes there. */
	private static final List<String> OWN = List.of("logs", "keys", "kafka", "kafka-1", "kafka-2", "kafka-3", "redis",
			"redis-cluster", "mongodb", "load", "builds", "start", "ports.json", "system.json");

	private static final String LOCK = "lock";

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

	public Path portsFile() {
		return this.root.resolve("ports.json");
	}

	/**
	 * Whether a launcher has ever worked on the directory.
	 * @return {@code false} if there is nothing that could be locked
	 */
	public boolean isInUse() {
		return Files.exists(lockFile());
	}

	Path lockFile() {
		return this.root.resolve(LOCK);
	}

	/**
	 * Makes the directory, for its owner alone: it holds password hashes, keys and logs.
	 * One that holds other files as well keeps its permissions; what the system makes in
	 * it is for the owner alone all the same.
	 * @return whether no other user can read what the system keeps there
	 * @throws IOException if it cannot be made or written to
	 */
	public boolean create() throws IOException {
		makeDirectory(this.root);
		boolean closed = true;
		if (holdsOwnFilesAlone()) {
			closed = closeToOthers(this.root);
		}
		directory("logs");
		directory("keys");
		for (String name : OWN) {
			Path own = this.root.resolve(name);
			closed &= !Files.isDirectory(own) || closeToOthers(own);
		}
		return closed;
	}

	private boolean holdsOwnFilesAlone() throws IOException {
		try (Stream<Path> entries = Files.list(this.root)) {
			return entries.map((entry) -> entry.getFileName().toString())
				.allMatch((name) -> OWN.contains(name) || name.equals(LOCK) || name.endsWith(".part"));
		}
	}

	private static boolean closeToOthers(Path directory) throws IOException {
		try {
			if (!Files.getPosixFilePermissions(directory).equals(OWNER_ALONE)) {
				Files.setPosixFilePermissions(directory, OWNER_ALONE);
			}
			return true;
		}
		catch (UnsupportedOperationException | FileSystemException ex) {
			// Another user's directory, or a file system without permissions.
			return false;
		}
	}

	/**
	 * The directory of one store or of the keys, made if missing.
	 * @param name its name
	 * @return the directory
	 * @throws IOException if it cannot be made
	 */
	public Path directory(String name) throws IOException {
		Path directory = this.root.resolve(name);
		if (makeDirectory(directory)) {
			closeToOthers(directory);
		}
		return directory;
	}

	/** Also a symbolic link to a directory will do. */
	private static boolean makeDirectory(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return false;
		}
		Files.createDirectories(directory);
		return true;
	}

	/** Keeps the log of the run before beside the new one. */
	public void rotateLog(String process) throws IOException {
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
		for (String name : OWN) {
			delete(this.root.resolve(name));
		}
	}

	public static void delete(Path path) throws IOException {
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
