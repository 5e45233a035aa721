package dev.agora.launcher.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A runnable jar laid out on disk once a build: nested jars start slower and allow no
 * class archive.
 *
 * @param jar the jar to run, beside its libraries
 * @param archive its classes, for quicker starts
 */
record AppJar(Path jar, ClassArchive archive) {

	static AppJar of(Installation installation, String module) throws IOException, InterruptedException {
		Path source = installation.runnableJar(module);
		String build = Installation.build(source);
		CRC32 key = new CRC32();
		key.update(build.getBytes(StandardCharsets.UTF_8));
		Path home = installation.archives(module);
		Path directory = home.resolve("app-" + HexFormat.of().toHexDigits((int) key.getValue()));
		if (!Files.exists(directory)) {
			extract(source, home, directory);
		}
		return new AppJar(directory.resolve(source.getFileName()), ClassArchive.of(home, module, build));
	}

	private static void extract(Path source, Path home, Path directory) throws IOException, InterruptedException {
		removeOthers(home);
		Path part = Files.createTempDirectory(home, "part-");
		Process process = new ProcessBuilder(List.of(JavaCommand.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-Djarmode=tools", "-jar", source.toString(), "extract", "--force", "--destination", part.toString()))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		if (process.waitFor() != 0) {
			throw new Problem(source + " could not be laid out in " + part + ". Build it again.");
		}
		if (!part.toFile().renameTo(directory.toFile()) && !Files.exists(directory)) {
			throw new IOException("Cannot rename " + part + " to " + directory);
		}
	}

	/** What an older build left: it is never used again. */
	private static void removeOthers(Path home) throws IOException {
		List<Path> others;
		try (Stream<Path> files = Files.list(home)) {
			others = files.filter((file) -> !file.getFileName().toString().startsWith("part-")).toList();
		}
		for (Path other : others) {
			DataDirectory.delete(other);
		}
	}

}
