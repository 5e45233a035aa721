package dev.agora.launcher.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project directory with the programs that were built in it.
 *
 * @param root the directory with the parent pom
 */
public record Installation(Path root) {

	/**
	 * Returns the installation that this launcher belongs to.
	 * @return the directory that the script names, otherwise the working directory
	 */
	public static Installation current() {
		return new Installation(Path.of(System.getProperty("agora.home", "")).toAbsolutePath());
	}

	/** Returns the directory with the jars of the broker. */
	public Path brokerJars() {
		return this.root.resolve("launcher/broker/target/lib");
	}

	/**
	 * Returns the directory for files that are derived from a build. It lies beside the
	 * build, for all systems that run from it, until the next clean build deletes it. If
	 * the user cannot write to the build, it lies in the data directory.
	 */
	public Path derived(String module, DataDirectory data) throws IOException {
		Path target = this.root.resolve(module).resolve("target");
		Path shared = target.resolve("start");
		Path written = Files.exists(shared) ? shared : target;
		return Files.isWritable(written) ? Files.createDirectories(shared) : data.directory("start/" + module);
	}

	/**
	 * Returns the command that runs Maven in the installation.
	 * @return the wrapper, or {@code mvn} on the PATH
	 */
	public String maven() {
		if (!Files.isWritable(this.root)) {
			throw new Problem("This command builds in " + this.root
					+ ", and you cannot write there. Run it in a checkout of your own.");
		}
		Path wrapper = this.root.resolve("mvnw");
		return Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
	}

	/** Finds the runnable jar of a service. */
	public Path runnableJar(String module) throws IOException {
		Path target = this.root.resolve(module).resolve("target");
		if (Files.isDirectory(target)) {
			try (Stream<Path> files = Files.list(target)) {
				List<Path> jars = files.filter((file) -> file.toString().endsWith("-exec.jar"))
					.sorted(Comparator.comparing(Path::toString).reversed())
					.toList();
				if (!jars.isEmpty()) {
					return jars.get(0);
				}
			}
		}
		throw new Problem("There is no runnable jar in " + target + ". Build it with ./mvnw -DskipTests package.");
	}

	/** Identifies the build of a jar by its name, size and time. */
	public static String build(Path jar) throws IOException {
		return jar.getFileName() + "/" + Files.size(jar) + "/" + Files.getLastModifiedTime(jar).toMillis();
	}

	/** Reads the version from a file name such as {@code kafka-clients-4.2.2.jar}. */
	public static String version(Path jars, String artifact) throws IOException {
		try (Stream<Path> files = Files.list(jars)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith(artifact + "-") && name.endsWith(".jar"))
				.map((name) -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
				.findFirst()
				.orElse("");
		}
		catch (java.nio.file.NoSuchFileException ex) {
			throw new Problem("There are no jars in " + jars + ". Build them with ./mvnw -DskipTests package.");
		}
	}

}
