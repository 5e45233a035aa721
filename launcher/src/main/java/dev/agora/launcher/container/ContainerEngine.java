package dev.agora.launcher.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.root.CommandOutput;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Executables;
import dev.agora.launcher.root.Problem;

/**
 * Runs and removes containers by the command line of the local container engine.
 *
 * @param docker the program of the engine
 */
public record ContainerEngine(String docker) {

	/** The label that names a container's data directory, so that none is left behind. */
	private static final String OWNER = "dev.agora.data";

	/** Longer than containers take to stop. */
	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final String BUILD_FORMAT = "{{index .Config.Labels \"dev.agora.build\"}}";

	public static ContainerEngine requireRunning() throws IOException, InterruptedException {
		ContainerEngine engine = installed();
		if (engine == null) {
			throw new Problem("There is no docker on the PATH. Install a container engine (on Debian: apt-get install"
					+ " docker.io), or start the services as processes: ./agora up");
		}
		if (engine.execute(CommandOutput.VERSION_BOUND, "version", "--format", "{{.Server.Version}}").isEmpty()) {
			throw new Problem(
					engine.docker + " cannot reach its engine. Start the engine, and check that you may use it: \""
							+ engine.docker + " version\" prints the reason.");
		}
		return engine;
	}

	private static @Nullable ContainerEngine installed() {
		Path docker = Executables.find("docker");
		return (docker != null) ? new ContainerEngine(docker.toString()) : null;
	}

	/** Finds the build of an image; empty if there is no such image. */
	public Optional<String> findBuild(String image) throws IOException, InterruptedException {
		return execute("image", "inspect", "--format", BUILD_FORMAT, image);
	}

	/** Builds the start of a command line whose container ends together with it. */
	public List<String> runCommand(DataDirectory data, String process) {
		return List.of(this.docker, "run", "--rm", "--label", owner(data), "--name",
				"agora-" + hash(data) + "-" + process);
	}

	/** Removes all containers of a data directory, if an engine is installed. */
	public static void removeAll(DataDirectory data) throws IOException, InterruptedException {
		ContainerEngine engine = installed();
		if (engine != null) {
			engine.removeContainers(data);
		}
	}

	/**
	 * Stops the containers of a data directory, so that services can drain, and removes
	 * them.
	 */
	public void removeContainers(DataDirectory data) throws IOException, InterruptedException {
		List<String> containers = execute("ps", "--all", "--quiet", "--filter", "label=" + owner(data))
			.map((lines) -> lines.lines().toList())
			.orElse(List.of());
		if (!containers.isEmpty()) {
			execute(words(List.of("stop", "-t", "15"), containers));
			execute(words(List.of("rm", "--force"), containers));
		}
	}

	private static String[] words(List<String> command, List<String> containers) {
		return Stream.of(command, containers).flatMap(List::stream).toArray(String[]::new);
	}

	private static String owner(DataDirectory data) {
		return OWNER + "=" + data.root();
	}

	private static String hash(DataDirectory data) {
		CRC32 hash = new CRC32();
		hash.update(data.root().toString().getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) hash.getValue());
	}

	/** Runs a command and returns its output; empty if it fails or takes too long. */
	Optional<String> execute(String... words) throws IOException, InterruptedException {
		return execute(TIMEOUT, words);
	}

	private Optional<String> execute(Duration timeout, String... words) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(words));
		command.add(0, this.docker);
		CommandOutput output = CommandOutput.of(command, false, timeout);
		return (output.status() == 0) ? Optional.of(output.text()) : Optional.empty();
	}

}
