package dev.agora.launcher.command;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Option;

import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/** Which system a command is about. */
public final class DataOption {

	@Option(names = "--data", paramLabel = "DIR", defaultValue = ".agora",
			description = "Where the system keeps its data (default: ${DEFAULT-VALUE}).")
	private Path path = Path.of(".agora");

	/**
	 * The directory.
	 * @return the directory named, absolute
	 */
	public DataDirectory directory() {
		Path absolute = this.path.toAbsolutePath().normalize();
		if (absolute.toString().contains("${")) {
			throw new Problem("The services would read ${ in " + absolute
					+ " as the name of a setting: choose another directory with --data DIR.");
		}
		return new DataDirectory(absolute);
	}

	/**
	 * What runs there.
	 * @return the state, of a system whose launcher lives
	 * @throws IOException if it cannot be read
	 */
	public SystemState running() throws IOException {
		return SystemState.read(directory())
			.filter(SystemState::isSupervised)
			.orElseThrow(() -> new Problem("Nothing runs on " + this.path + ". Start it with: ./agora up"));
	}

}
