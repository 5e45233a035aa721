package dev.agora.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A class data sharing archive of the JVM, which halves the CPU time of a start. The JVM
 * writes it when a program ends for the first time, and maps it from then on. An archive
 * is valid for one JVM, its options and one build.
 *
 * @param file the archive
 * @param part the file that the JVM writes until the archive is complete
 */
public record ClassArchive(Path file, Path part) {

	private static final String WRITE = "-XX:ArchiveClassesAtExit=";

	private static final String USE = "-XX:SharedArchiveFile=";

	/** The statuses from here on are those of processes that a signal has ended. */
	private static final int FIRST_SIGNAL = 128;

	/** The status after SIGTERM, at which a JVM ends in order. */
	private static final int TERMINATED = 143;

	public static ClassArchive of(Path directory, String name, String build) {
		CRC32 key = new CRC32();
		String jvm = Runtime.version() + System.getProperty("java.vm.name") + JvmOptions.current().given();
		key.update((jvm + build).getBytes(StandardCharsets.UTF_8));
		String hex = HexFormat.of().toHexDigits((int) key.getValue());
		Path file = directory.resolve(name + "-" + hex + ".jsa").toAbsolutePath();
		return new ClassArchive(file, file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid()));
	}

	public boolean exists() {
		return Files.exists(this.file);
	}

	/** Returns the JVM options that use the archive, or write it if it does not exist. */
	public List<String> flags() {
		if (this.file.toString().contains(":")) {
			// The JVM takes a colon as the separator between two archives.
			return List.of();
		}
		return exists() ? List.of(USE + this.file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
				: List.of(WRITE + this.part, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
	}

	static boolean isWriting(String flag) {
		return flag.startsWith(WRITE);
	}

	static boolean isUsing(String flag) {
		return flag.startsWith(USE);
	}

	/**
	 * Moves the archive that a process has written at its end to its place. The archive
	 * of a killed process may be incomplete, so it is deleted.
	 * @param status the exit status of the process
	 */
	public void installAfter(int status) throws IOException {
		if (status >= FIRST_SIGNAL && status != TERMINATED) {
			Files.deleteIfExists(this.part);
		}
		else if (Files.exists(this.part)) {
			Files.move(this.part, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
