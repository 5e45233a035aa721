package dev.agora.launcher.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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
record ProcessSpec(String name, Tier tier, String version, List<String> command, Map<String, String> environment,
		Path directory, int port, int managementPort, Probe ready, @Nullable ClassArchive archive) {

	private static final Duration STOP_BOUND = Duration.ofSeconds(20);

	private static final Duration ARCHIVE_BOUND = Duration.ofSeconds(90);

	/** How long it may take to end by itself. */
	Duration stopBound() {
		return (this.archive != null) ? ARCHIVE_BOUND : STOP_BOUND;
	}

	/** The same process without the extra work at its end: an archive is written once. */
	ProcessSpec again() {
		List<String> plain = this.command.stream().filter((word) -> !ClassArchive.isWriting(word)).toList();
		return new ProcessSpec(this.name, this.tier, this.version, plain, this.environment, this.directory, this.port,
				this.managementPort, this.ready, null);
	}

}
