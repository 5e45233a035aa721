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
 * A local container engine, by its command line.
 *
 * @param docker the program
 */
public record ContainerEngine(String docker) {

	/** On each container, so that none is left behind: whose data it belongs to. */
	private static final String OWNER = "dev.agora.data";

	/** Longer than containers take to stop. */
	private static final Duration BOUND = Duration.ofMinutes(1);

	private static final String BUILD = "{{index .Config.Labels \"dev.agora.build\"}}";

	public static ContainerEngine running() throws IOException, InterruptedException {
		ContainerEngine engine = installed();
		if (engine == null) {
			throw new Problem("There is no docker on the PATH. Install a container engine (Debian: apt-get install"
					+ " docker.io), or start the services as processes: ./agora up");
		}
		if (engine.ask(CommandOutput.VERSION_BOUND, "version", "--format", "{{.Server.Version}}").isEmpty()) {
			throw new Problem(engine.docker + " does not reach its engine: \"" + engine.docker
					+ " version\" says why. Is it started, and may you use it?");
		}
		return engine;
	}

	private static @Nullable ContainerEngine installed() {
		Path docker = Executables.find("docker");
		return (docker != null) ? new ContainerEngine(docker.toString()) : null;
	}

	/** Which build an image is; empty if there is no such image. */
	public Optional<String> buildOf(String image) throws IOException, InterruptedException {
		return ask("image", "inspect", "--format", BUILD, image);
	}

	/** How a container is started that ends with its own command line. */
	public List<String> run(DataDirectory data, String process) {
		return List.of(this.docker, "run", "--rm", "--label", owner(data), "--name",
				"agora-" + hash(data) + "-" + process);
	}

	/** Ends what runs on the data: asks first, as a kill is no end for a service. */
	public static void removeAll(DataDirectory data) throws IOException, InterruptedException {
		ContainerEngine engine = installed();
		if (engine != null) {
			engine.remove(data);
		}
	}

	public void remove(DataDirectory data) throws IOException, InterruptedException {
		List<String> left = ask("ps", "--all", "--quiet", "--filter", "label=" + owner(data))
			.map((lines) -> lines.lines().toList())
			.orElse(List.of());
		if (!left.isEmpty()) {
			ask(words(List.of("stop", "-t", "15"), left));
			ask(words(List.of("rm", "--force"), left));
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

	/** What it says to a command; empty if it fails or takes too long. */
	Optional<String> ask(String... words) throws IOException, InterruptedException {
		return ask(BOUND, words);
	}

	private Optional<String> ask(Duration bound, String... words) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(words));
		command.add(0, this.docker);
		CommandOutput output = CommandOutput.of(command, false, bound);
		return (output.status() == 0) ? Optional.of(output.text()) : Optional.empty();
	}

}
