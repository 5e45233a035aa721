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
 * Describes how a process is started and when it is ready.
 *
 * @param name the process's name, unique in the system
 * @param tier the tier, which decides the order of the stop
 * @param version the version that it runs
 * @param command the command line
 * @param environment the variables that are added to the environment
 * @param directory the working directory
 * @param port the port at which it will serve
 * @param managementPort the port of its health endpoint, 0 if it has none
 * @param readiness the check whether it is ready
 * @param archive the archive of classes that it writes at the end of this run, null if it
 * writes none
 */
public record ProcessSpec(String name, Tier tier, String version, List<String> command, Map<String, String> environment,
		Path directory, int port, int managementPort, Probe readiness, @Nullable ClassArchive archive) {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration ARCHIVE_TIMEOUT = Duration.ofSeconds(90);

	/** Returns the time that the process may take to end before it is killed. */
	public Duration stopTimeout() {
		return (this.archive != null) ? ARCHIVE_TIMEOUT : STOP_TIMEOUT;
	}

	/** Finds the container that the process runs in, if it runs in one. */
	public Optional<Container> container() {
		return Container.startedBy(this.command);
	}

	/** Throws a problem if the process cannot be started from another jar. */
	public void requireJar() {
		if (container().isPresent()) {
			throw new Problem(this.name + " runs in a container and cannot be started from a jar. Build another image"
					+ " with ./agora images --tag TAG, and start the system with ./agora up --images --image-tag TAG.");
		}
		if (!this.command.contains("-jar")) {
			throw new Problem(this.name + " cannot be started from another jar, since it is neither a service nor a"
					+ " gateway. Leave --jar out.");
		}
	}

	/** Describes the next run, which uses the archive if this one has written it. */
	public ProcessSpec using(ClassArchive written) {
		List<String> words = new ArrayList<>(this.command);
		if (written.exists()) {
			words.replaceAll((word) -> ClassArchive.isWriting(word) ? written.flags().get(0) : word);
		}
		else {
			words.removeIf(ClassArchive::isWriting);
		}
		return new ProcessSpec(this.name, this.tier, this.version, words, this.environment, this.directory, this.port,
				this.managementPort, this.readiness, null);
	}

}
