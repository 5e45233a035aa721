package dev.agora.launcher.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.agora.launcher.root.CommandOutput;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Executables;
import dev.agora.launcher.root.Problem;

/**
 * The program of the Redis server: an installed Redis or Valkey, otherwise the binary
 * that is bundled in a library.
 *
 * @param file the program
 * @param version the version that the program reports
 * @param engine the name and the first two numbers of the version: only the same engine
 * reads its data
 */
public record RedisProgram(Path file, String version, String engine) {

	private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

	private static final Pattern ENGINE = Pattern.compile("(\\w+) server v=(\\d+\\.\\d+)");

	/** The binaries in the library, by operating system and processor. */
	private static final Map<String, String> BUNDLED = Map.of("linux/amd64", "redis-server-6.2.6-v5-linux-amd64",
			"linux/aarch64", "redis-server-6.2.7-linux-arm64", "mac/x86_64", "redis-server-6.2.6-v5-darwin-amd64",
			"mac/aarch64", "redis-server-6.2.6-v5-darwin-arm64");

	/** Finds the program for this machine, and runs it once. */
	public static RedisProgram of(DataDirectory data) throws IOException, InterruptedException {
		Path installed = Executables.find("redis-server", "valkey-server");
		Path file = (installed != null) ? installed : extract(data.directory("redis").toAbsolutePath().resolve("bin"));
		String output = readVersion(file);
		Matcher version = VERSION.matcher(output);
		Matcher engine = ENGINE.matcher(output);
		return new RedisProgram(file, version.find() ? version.group(1) : output,
				engine.find() ? engine.group(1) + " " + engine.group(2) : output);
	}

	private static Path extract(Path directory) throws IOException {
		String name = BUNDLED.get(platform());
		InputStream bundled = (name != null) ? RedisProgram.class.getResourceAsStream("/" + name) : null;
		if (name == null || bundled == null) {
			throw unusable("There is no Redis for this machine (" + platform() + ") in the library");
		}
		Path program = directory.resolve(name);
		if (!Files.exists(program)) {
			Files.createDirectories(program.getParent());
			Path part = program.resolveSibling(name + ".part");
			try (bundled) {
				Files.copy(bundled, part, StandardCopyOption.REPLACE_EXISTING);
			}
			if (!part.toFile().setExecutable(true)) {
				throw new IOException("Cannot make " + part + " executable");
			}
			Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
		}
		return program;
	}

	private static String platform() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return (system.contains("mac") ? "mac" : system) + "/" + System.getProperty("os.arch");
	}

	/**
	 * Runs the program for the first time, which shows whether this machine can run it.
	 */
	private static String readVersion(Path program) throws InterruptedException {
		try {
			CommandOutput output = CommandOutput.of(List.of(program.toString(), "--version"), true,
					CommandOutput.VERSION_BOUND);
			if (output.status() == 0) {
				return output.text();
			}
			throw unusable(program + " does not run on this machine (" + output.text() + ")");
		}
		catch (IOException ex) {
			throw unusable(program + " cannot be started (" + ex.getMessage() + ")");
		}
	}

	private static Problem unusable(String reason) {
		return new Problem(
				reason + ". Install redis-server or valkey-server (or libssl 3, which the bundled one needs),"
						+ " or name a running one with --redis redis://HOST:PORT.");
	}

}
