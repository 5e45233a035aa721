package dev.agora.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;

/**
 * A runnable jar of a service that is extracted once for each build, since nested jars
 * start slower and allow no archive of classes.
 *
 * @param jar the jar to run, beside its libraries
 * @param build the version, and a hash that distinguishes builds of the same version
 * @param archive the archive of its classes
 * @param optimized whether the JVM uses its optimizing compiler
 */
public record ServiceJar(Path jar, String build, ClassArchive archive, boolean optimized) implements Launchable {

	private static final Pattern NAME = Pattern.compile("(.+?)-([0-9].*)-exec\\.jar");

	/** Extracts the jar of a module, unless it is extracted already. */
	public static ServiceJar of(Installation installation, String module, DataDirectory data)
			throws IOException, InterruptedException {
		Path source = installation.runnableJar(module);
		Path home = installation.derived(module, data);
		ServiceJar extracted = of(source, home);
		deleteUnused(home, Instant.now());
		return extracted;
	}

	/**
	 * Extracts a jar, unless it is extracted already.
	 * @param source the runnable jar
	 * @param home the directory with all extracted jars
	 */
	public static ServiceJar of(Path source, Path home) throws IOException, InterruptedException {
		Path directory = home.resolve(directory(source));
		if (!Files.exists(directory)) {
			extract(source, home, directory);
		}
		Matcher name = name(source);
		String key = key(source);
		ClassArchive archive = ClassArchive.of(home, name.group(1), Installation.build(source));
		FileTime now = FileTime.from(Instant.now());
		Files.setLastModifiedTime(directory, now);
		if (archive.exists()) {
			Files.setLastModifiedTime(archive.file(), now);
		}
		return new ServiceJar(directory.resolve(source.getFileName()), name.group(2) + "-" + key, archive, false);
	}

	/** Returns the same jar, run with or without the optimizing compiler. */
	public ServiceJar optimized(boolean use) {
		return new ServiceJar(this.jar, this.build, this.archive, use);
	}

	@Override
	public ProcessSpec specify(ServiceInstance instance, Tier tier, boolean first) {
		boolean writing = first && !this.archive.exists();
		JavaCommand command = new JavaCommand(instance.heap()).optimized(this.optimized)
			.with(this.archive.exists() || writing ? this.archive.flags() : List.of())
			.with("-jar", this.jar.getFileName().toString());
		Map<String, String> environment = new HashMap<>(JavaCommand.ENVIRONMENT);
		environment.putAll(instance.settings());
		environment.put(ServiceInstance.BUILD, this.build);
		return new ProcessSpec(instance.name(), tier, this.build, command.words(), environment, directory(),
				instance.port(), instance.managementPort(), instance.readiness(), writing ? this.archive : null);
	}

	/** Describes the same process, started from this build. */
	public ProcessSpec applyTo(ProcessSpec spec) {
		spec.requireJar();
		List<String> words = new ArrayList<>(spec.command());
		words.set(words.indexOf("-jar") + 1, this.jar.getFileName().toString());
		// The archive of classes belongs to the build that is replaced.
		words.removeIf((word) -> ClassArchive.isWriting(word) || ClassArchive.isUsing(word));
		Map<String, String> environment = new HashMap<>(spec.environment());
		environment.put(ServiceInstance.BUILD, this.build);
		return new ProcessSpec(spec.name(), spec.tier(), this.build, words, environment, directory(), spec.port(),
				spec.managementPort(), spec.readiness(), null);
	}

	private Path directory() {
		return this.jar.resolveSibling("").toAbsolutePath();
	}

	private static Matcher name(Path jar) {
		Matcher name = NAME.matcher(jar.getFileName().toString());
		if (!name.matches()) {
			throw new Problem(
					"The name of " + jar + " is not SERVICE-VERSION-exec.jar. Give a runnable jar of a build.");
		}
		return name;
	}

	private static String directory(Path source) throws IOException {
		return "app-" + key(source);
	}

	private static String key(Path source) throws IOException {
		CRC32 key = new CRC32();
		key.update(Installation.build(source).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) key.getValue());
	}

	private static void extract(Path source, Path home, Path directory) throws IOException, InterruptedException {
		Path part = Files.createTempDirectory(home, "part-");
		Process process = new ProcessBuilder(extraction(source, part).words()).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		if (process.waitFor() != 0) {
			throw new Problem(source + " could not be extracted to " + part + ". Build it again.");
		}
		if (!part.toFile().renameTo(directory.toFile()) && !Files.exists(directory)) {
			throw new IOException("Cannot rename " + part + " to " + directory);
		}
	}

	static JavaCommand extraction(Path source, Path destination) {
		return new JavaCommand("128m").optimized(false)
			.with("-Djarmode=tools", "-jar", source.toString(), "extract", "--force", "--destination",
					destination.toString());
	}

	/** Deletes the files of older builds, unless a running system may still use them. */
	public static void deleteUnused(Path home, Instant now) throws IOException {
		FileTime dayAgo = FileTime.from(now.minus(Duration.ofDays(1)));
		List<Path> entries;
		try (Stream<Path> files = Files.list(home)) {
			entries = files.toList();
		}
		for (Path each : entries) {
			if (Files.exists(each) && Files.getLastModifiedTime(each).compareTo(dayAgo) < 0) {
				DataDirectory.delete(each);
			}
		}
	}

}
