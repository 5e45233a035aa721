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
 * The classes of a program as the JVM keeps them in memory, written when it ends for the
 * first time and mapped from then on: about half the CPU time of a start. It is valid for
 * one JVM, its options and one build.
 *
 * @param file the archive
 * @param part what the JVM writes, until it is whole
 */
public record ClassArchive(Path file, Path part) {

	private static final String WRITE = "-XX:ArchiveClassesAtExit=";

	private static final String USE = "-XX:SharedArchiveFile=";

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

	/** What the JVM is told: to use the archive, or to write it. */
	public List<String> flags() {
		if (this.file.toString().contains(":")) {
			// The JVM would read two files.
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

	/** Takes what an ended process has written into use. */
	public void keep() throws IOException {
		if (Files.exists(this.part)) {
			Files.move(this.part, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
