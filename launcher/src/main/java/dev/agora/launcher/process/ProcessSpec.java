package dev.agora.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.container.Container;
import dev.agora.launcher.root.Problem;

/**
 * What is needed to start a process and to know it is ready.
 *
 * @param name its name, unique in the system
 * @param tier who calls whom
 * @param version what version it is
 * @param command the command line
 * @param environment what is added to the environment
 * @param directory its working directory
 * @param port where it will serve
 * @param managementPort where it tells its health, 0 if nowhere
 * @param ready how to tell that it is ready
 * @param archive what it writes for quicker starts, if it does so in this run
 */
public record ProcessSpec(String name, Tier tier, String version, List<String> command, Map<String, String> environment,
		Path directory, int port, int managementPort, Probe ready, @Nullable ClassArchive archive) {

	private static final Duration STOP_BOUND = Duration.ofSeconds(30);

	private static final Duration ARCHIVE_BOUND = Duration.ofSeconds(90);

	/** How long it may take to end by itself. */
	public Duration stopBound() {
		return (this.archive != null) ? ARCHIVE_BOUND : STOP_BOUND;
	}

	/** The container it runs in, if it does. */
	public Optional<Container> container() {
		return Container.startedBy(this.command);
	}

	/** Refuses if another jar cannot be run in place of its own. */
	public void requireJar() {
		if (container().isPresent()) {
			throw new Problem(this.name + " runs in a container: build another image with ./agora images --tag TAG"
					+ " and start the system with ./agora up --images --image-tag TAG.");
		}
		if (!this.command.contains("-jar")) {
			throw new Problem(this.name + " is no service or gateway and runs no other jar than its own.");
		}
	}

	/** The same process with the archive that its end has written, or had no time for. */
	public ProcessSpec using(ClassArchive written) {
		List<String> words = new ArrayList<>(this.command);
		if (written.exists()) {
			words.replaceAll((word) -> ClassArchive.isWriting(word) ? written.flags().get(0) : word);
		}
		else {
			words.removeIf(ClassArchive::isWriting);
		}
		return new ProcessSpec(this.name, this.tier, this.version, words, this.environment, this.directory, this.port,
				this.managementPort, this.ready, null);
	}

}
