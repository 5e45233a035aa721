package dev.agora.launcher.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The server of Redis: installed as such or as Valkey, else the binary that a library
 * brings along.
 *
 * @param file the program
 * @param version what it says of itself
 */
record RedisProgram(Path file, String version) {

	private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

	/** The library's binaries by operating system and processor. */
	private static final Map<String, String> BUNDLED = Map.of("linux/amd64", "redis-server-6.2.6-v5-linux-amd64",
			"linux/aarch64", "redis-server-6.2.7-linux-arm64", "mac/x86_64", "redis-server-6.2.6-v5-darwin-amd64",
			"mac/aarch64", "redis-server-6.2.6-v5-darwin-arm64");

	/** The one to use on this machine. */
	static RedisProgram of(DataDirectory data) throws IOException, InterruptedException {
		Path installed = Executables.find("redis-server", "valkey-server");
		Path file = (installed != null) ? installed : extract(data.directory("redis").toAbsolutePath().resolve("bin"));
		return new RedisProgram(file, version(file));
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
	 * Also the first run of the program: it tells whether this machine can run it at all.
	 */
	private static String version(Path program) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		boolean ended = process.waitFor(5, TimeUnit.SECONDS);
		if (!ended || process.exitValue() != 0) {
			process.destroyForcibly();
			throw unusable(program + " does not run on this machine (" + said + ")");
		}
		@Nullable Matcher matcher = VERSION.matcher(said);
		return matcher.find() ? matcher.group(1) : said;
	}

	private static Problem unusable(String reason) {
		return new Problem(
				reason + ". Install redis-server or valkey-server (or libssl 3, which the bundled one needs),"
						+ " or name a running one with --redis redis://HOST:PORT.");
	}

}
