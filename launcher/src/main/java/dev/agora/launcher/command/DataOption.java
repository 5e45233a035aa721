package dev.agora.launcher.command;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Option;

import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/** The option that names the data directory of the system that a command works on. */
public final class DataOption {

	private static final Path DEFAULT = Path.of(".agora");

	@Option(names = "--data", paramLabel = "DIR", defaultValue = ".agora",
			description = "The data directory of the system (default: ${DEFAULT-VALUE}).")
	private Path path = DEFAULT;

	/**
	 * Returns the data directory.
	 * @return the directory with an absolute path
	 */
	public DataDirectory directory() {
		Path absolute = this.path.toAbsolutePath().normalize();
		if (absolute.toString().contains("${")) {
			throw new Problem("The services would take ${ in " + absolute
					+ " for a placeholder. Choose another directory with --data DIR.");
		}
		return new DataDirectory(absolute);
	}

	/**
	 * Returns the state of the running system.
	 * @return the state, whose launcher runs
	 * @throws IOException if the state cannot be read
	 */
	public SystemState running() throws IOException {
		return SystemState.read(directory())
			.filter(SystemState::isSupervised)
			.orElseThrow(() -> new Problem(explainNothingRuns()));
	}

	/**
	 * Explains that no system runs on the directory, and how to start one.
	 * @return the message
	 */
	String explainNothingRuns() {
		return "Nothing runs on " + directory().root() + ". Start a system there with: ./agora up" + words();
	}

	/**
	 * Returns the option for an example of a command on the same directory.
	 * @return the words after a space, empty for the default directory
	 */
	String words() {
		return this.path.equals(DEFAULT) ? "" : " --data " + this.path;
	}

}
