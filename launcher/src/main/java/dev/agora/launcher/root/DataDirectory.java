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
 * The directory in which a system keeps its data, logs, keys, ports and state.
 *
 * @param root the directory given by {@code --data}
 */
public record DataDirectory(Path root) {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	/** The files and directories that the system creates in its data directory. */
	private static final List<String> OWN = List.of("logs", "keys", "kafka", "kafka-1", "kafka-2", "kafka-3", "redis",
			"redis-cluster", "mongodb", "load", "builds", "start", "instances", "ports.json", "system.json");

	private static final String LOCK = "lock";

	/** Returns the folder with the log files, which need not exist. */
	public Path logs() {
		return this.root.resolve("logs");
	}

	/**
	 * Returns the log file of a process.
	 * @param process the name of the process
	 * @return the file, which need not exist
	 */
	public Path log(String process) {
		return logs().resolve(process + ".log");
	}

	/**
	 * Returns the file that describes the running processes for other commands.
	 * @return the file, which need not exist
	 */
	public Path stateFile() {
		return this.root.resolve("system.json");
	}

	public Path portsFile() {
		return this.root.resolve("ports.json");
	}

	/**
	 * Whether a launcher has locked the directory at some time.
	 * @return {@code false} if there is no lock file
	 */
	public boolean hasLockFile() {
		return Files.exists(lockFile());
	}

	Path lockFile() {
		return this.root.resolve(LOCK);
	}

	/**
	 * Creates the directory for its owner only, since it holds password hashes, keys and
	 * logs. A directory with other files in it keeps its permissions; the directories
	 * that the system creates in it are for the owner only in any case.
	 * @return whether the system's files are hidden from all other users
	 * @throws IOException if the directory cannot be created or written to
	 */
	public boolean create() throws IOException {
		createDirectory(this.root);
		boolean hidden = true;
		if (containsOnlyOwnFiles()) {
			hidden = restrictToOwner(this.root);
		}
		directory("logs");
		directory("keys");
		for (String name : OWN) {
			Path own = this.root.resolve(name);
			hidden &= !Files.isDirectory(own) || restrictToOwner(own);
		}
		return hidden;
	}

	private boolean containsOnlyOwnFiles() throws IOException {
		try (Stream<Path> entries = Files.list(this.root)) {
			return entries.map((entry) -> entry.getFileName().toString())
				.allMatch((name) -> OWN.contains(name) || name.equals(LOCK) || name.endsWith(".part"));
		}
	}

	private static boolean restrictToOwner(Path directory) throws IOException {
		try {
			if (!Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)) {
				Files.setPosixFilePermissions(directory, OWNER_ONLY);
			}
			return true;
		}
		catch (UnsupportedOperationException | FileSystemException ex) {
			// The directory is another user's, or the file system has no permissions.
			return false;
		}
	}

	/**
	 * Returns the directory of one store or of the keys, and creates it if it is missing.
	 * @param name the directory's name
	 * @return the directory
	 * @throws IOException if the directory cannot be created
	 */
	public Path directory(String name) throws IOException {
		Path directory = this.root.resolve(name);
		if (createDirectory(directory)) {
			restrictToOwner(directory);
		}
		return directory;
	}

	/** Accepts a symbolic link to a directory as well. */
	private static boolean createDirectory(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return false;
		}
		Files.createDirectories(directory);
		return true;
	}

	/** Renames the log of the previous run, so that the next run starts a new one. */
	public void rotateLog(String process) throws IOException {
		Path log = log(process);
		if (Files.exists(log)) {
			Files.move(log, log.resolveSibling(process + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/**
	 * Deletes everything that the system has created, and no other file.
	 * @throws IOException if a file cannot be deleted
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
	 * Replaces a file in one step, so that readers never see half of it. Other users of
	 * the machine cannot read the file.
	 * @param file the file
	 * @param content the new content
	 * @throws IOException if the file cannot be written
	 */
	public static void writeAtomically(Path file, byte[] content) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Path part = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
		Files.write(part, content);
		Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
